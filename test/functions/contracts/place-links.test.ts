import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alarmLink,
  dashboardName,
  headingAnchor,
  placeLink,
  placeText,
  runbookLink,
} from '../../../functions/contracts/place-links.ts';
import type { Place } from '../../../functions/contracts/promise.ts';

const at = { stage: 'prod', region: 'eu-west-1', service: 'personalise', team: 'campaigns' };
const console = 'https://eu-west-1.console.aws.amazon.com';
const cloudwatch = `${console}/cloudwatch/home?region=eu-west-1`;

describe('the address of a place', () => {
  it.each<[Place, string]>([
    [{ kind: 'dashboard' }, `${cloudwatch}#dashboards/dashboard/fanfare-prod-campaigns`],
    [
      { kind: 'function', name: 'render' },
      `${console}/lambda/home?region=eu-west-1#/functions/fanfare-prod-personalise-render?tab=monitoring`,
    ],
    [
      { kind: 'queue', name: 'render' },
      `${console}/cloudformation/home?region=eu-west-1#/stacks?filteringText=fanfare-prod-personalise`,
    ],
    [
      { kind: 'dead-letters', name: 'render' },
      `${console}/cloudformation/home?region=eu-west-1#/stacks?filteringText=fanfare-prod-personalise`,
    ],
    [{ kind: 'cache' }, `${console}/elasticache/home?region=eu-west-1#/`],
    [{ kind: 'aws-health' }, 'https://health.aws.amazon.com/health/status'],
  ])('is $kind', (place, address) => {
    expect(placeLink(place, at)).toBe(address);
  });

  it('of a log is a query over its last hour', () => {
    const link = placeLink({ kind: 'logs', function: 'render', filter: 'level = "ERROR"' }, at);
    expect(link).toBe(
      `${cloudwatch}#logsV2:logs-insights$3FqueryDetail$3D~(end~0~start~-3600~timeType~'RELATIVE~unit~'seconds` +
        `~editorString~'fields*20*40timestamp*2c*20*40message*0a*7c*20filter*20level*20*3d*20*22ERROR*22*0a*7c*20sort*20*40timestamp*20desc*0a*7c*20limit*20100` +
        `~source~(~'*2ffanfare*2fprod*2fpersonalise*2frender))`,
    );
  });

  it('of the access log reads the API’s log group, unfiltered where nothing is asked for', () => {
    const link = placeLink({ kind: 'access-log' }, at);
    expect(link).toContain('*2ffanfare*2fprod*2fpersonalise*2fapi');
    expect(link).not.toContain('filter');
  });

  it('is one address whatever the filter says: nothing in it ends a link in a chat', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (filter) => {
        const link = placeLink({ kind: 'logs', function: 'render', filter }, at);
        expect(URL.canParse(link)).toBe(true);
        expect(link).not.toMatch(/[\s<>|"]/u);
      }),
    );
  });

  it('has a name for people', () => {
    expect(placeText({ kind: 'dead-letters', name: 'render' })).toBe('dead letters of render');
    expect(placeText({ kind: 'logs', function: 'render' })).toBe('log of render');
  });
});

it('an alarm’s page is found by its name, slashes and all', () => {
  expect(alarmLink('eu-west-1', 'fanfare-prod/personalise/page')).toBe(
    `${cloudwatch}#alarmsV2:alarm/fanfare-prod%2Fpersonalise%2Fpage`,
  );
});

it('the whole stage has a dashboard too', () => {
  expect(dashboardName('prod')).toBe('fanfare-prod');
});

describe('a heading of the runbook', () => {
  it.each([
    ['personalise/render-errors', 'personaliserender-errors'],
    ['What people notice.', 'what-people-notice'],
    ['Überlast & co_1', 'überlast--co_1'],
  ])('%s has the anchor that GitHub gives it', (heading, anchor) => {
    expect(headingAnchor(heading)).toBe(anchor);
    expect(runbookLink('https://example.com/runbook.md', heading)).toBe(
      `https://example.com/runbook.md#${anchor}`,
    );
  });
});
