import { describe, expect, it } from 'vitest';
import {
  alarmInWords,
  clock,
  durationInWords,
  lastInWords,
  meaningOf,
} from '../../../console/src/services/words.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('words for', () => {
  it.each([
    [0, 'less than a minute'],
    [59_999, 'less than a minute'],
    [minute, '1 minute'],
    [5 * minute, '5 minutes'],
    [hour, '1 hour'],
    [2 * hour + 10 * minute, '2 hours 10 minutes'],
    [24 * hour + minute, '1 day'],
    [73 * hour, '3 days 1 hour'],
  ])('%i milliseconds are “%s”', (ms, words) => {
    expect(durationInWords(ms)).toBe(words);
  });

  it.each([
    [5, 'the last 5 minutes'],
    [60, 'the last hour'],
    [360, 'the last 6 hours'],
    [1440, 'the last day'],
    [4320, 'the last 3 days'],
  ])('a window of %i minutes are “%s”', (minutes, words) => {
    expect(lastInWords({ name: '', minutes })).toBe(words);
  });

  it.each([
    ['fanfare-dev/personalise/render-errors', 'Render errors'],
    ['fanfare-dev/personalise/api-latency', 'API latency'],
    ['fanfare-dev/personalise/pictures-in-time/5m-14.4x', 'Pictures in time, over 5 minutes'],
    ['fanfare-dev/personalise/pictures-in-time/1d-3x', 'Pictures in time, over 1 day'],
    ['fanfare-dev/personalise/page', 'Page'],
    ['somebody else’s', 'Somebody else’s'],
  ])('the alarm %s are “%s”', (name, words) => {
    expect(alarmInWords(name)).toBe(words);
  });

  it('a time of another day include the day', () => {
    const now = new Date(2026, 10, 21, 12, 0).getTime();
    expect(clock(new Date(2026, 10, 21, 9, 5).getTime(), now)).toBe('09:05');
    expect(clock(new Date(2026, 10, 20, 23, 59).getTime(), now)).toBe('20 Nov, 23:59');
  });

  it('what an alarm means leave out what the page tells elsewhere', () => {
    const name = 'fanfare-dev/personalise/render-errors';
    expect(
      meaningOf({ name, description: 'It fails. In danger: pictures-in-time. Runbook: docs/runbook.md#x' }),
    ).toBe('It fails.');
    expect(meaningOf({ name, description: 'It fails. Runbook: docs/runbook.md#x' })).toBe('It fails.');
    expect(meaningOf({ name })).toBe('');
    expect(meaningOf({ name: 'fanfare-dev/personalise/pictures-in-time/5m-14.4x' })).toBe(
      'On when failures come 14.4 times as fast as they may.',
    );
  });
});
