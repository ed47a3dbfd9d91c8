import { expect, it } from 'vitest';
import { retryAfterSeconds } from '../../../console/src/api/retry-after.ts';

it.each([
  ['12', 12],
  [' 0 ', 0],
  ['Sat, 01 Jan 2028 00:00:30 GMT', 30],
  ['Fri, 31 Dec 2027 23:00:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
  [null, undefined],
])('Retry-After: %s is %s seconds', (header, seconds) => {
  expect(retryAfterSeconds(header, Date.parse('2028-01-01T00:00:00Z'))).toBe(seconds);
});
