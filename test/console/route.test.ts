import { describe, expect, it } from 'vitest';
import { fragmentOf, parseRoute, type Route } from '../../console/src/route.ts';

describe('addresses', () => {
  it.each<Route>([
    { page: 'campaigns' },
    { page: 'campaign', id: 'night-vote' },
    { page: 'job', id: '01ARZ3NDEKTSV4RRFFQ69G5FAV' },
    { page: 'studio' },
    { page: 'studio-edit' },
    { page: 'studio-edit', recipe: 'q1YqS8wpTtVRKi1OLVKyUvJIzcnJV0jLTC1WqgUA' },
    { page: 'studio-make' },
    { page: 'services' },
    { page: 'services', service: 'personalise' },
    { page: 'services', service: 'personalise', promise: 'pictures-in-time' },
    { page: 'deployments' },
    { page: 'deployments', team: 'delivery' },
    { page: 'deployments', service: 'a.b', event: 'a.b~0123456789abcdef' },
  ])('lead back to where they come from: %j', (route) => {
    expect(parseRoute(fragmentOf(route))).toEqual(route);
  });

  it.each([
    '',
    '#',
    '#/nowhere',
    '#/jobs/',
    '#/jobs/a/b',
    '#/campaigns/../jobs',
    '#/jobs/%2e',
    '#/services/a/b/c',
    '#/studio/else',
    '#/studio/edit?recipe=<b>',
  ])('that are not known lead to the campaigns: “%s”', (fragment) => {
    expect(parseRoute(fragment)).toEqual({ page: 'campaigns' });
  });
});
