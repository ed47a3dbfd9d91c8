import { describe, expect, it } from 'vitest';
import {
  readEventsQuery,
  readMetricsQuery,
  readMoment,
  readTimelineQuery,
} from '../../../../functions/deployments/domain/report/read-query.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const days = (count: number): number => count * 24 * 60 * 60 * 1000;

describe('what is asked of the reports', () => {
  it('is the last 90 days where nothing is said, with clocks that are a day fast', () => {
    expect(readEventsQuery({}, now)).toMatchObject({
      fromMs: now - days(90),
      toMs: now + days(1),
      limit: 100,
    });
    expect(readMetricsQuery({}, now)).toMatchObject({
      fromMs: Date.parse('2026-08-24'),
      toMs: Date.parse('2026-11-22'),
      window: 'week',
    });
  });

  it('reaches no further than there may be something, whatever is asked: every day of it is looked at', () => {
    const { fromMs, toMs } = readEventsQuery({ from: '1970-01-01', to: '9999-12-31' }, now);
    expect(toMs - fromMs).toBe(2 * days(432));
    expect(() => readMetricsQuery({ from: '1970-01-01' }, now)).toThrow(
      'not one that this address understands',
    );
  });

  it('is the same for a minute where no time is asked for, and leaves nothing out', () => {
    const later = now + 59_999;
    expect(readMoment({}, now)).toBe(Date.parse('2026-11-21T12:01:00Z'));
    expect(readMoment({}, later)).toBe(readMoment({}, now));
    expect(readTimelineQuery({}, later)).toEqual(readTimelineQuery({}, now));
    expect(readTimelineQuery({}, later).toMs).toBeGreaterThan(later);
  });

  it('takes moments with any offset', () => {
    expect(readTimelineQuery({ from: '2026-11-20T01:00:00+01:00', to: '2026-11-21' }, now)).toEqual({
      fromMs: Date.parse('2026-11-20'),
      toMs: Date.parse('2026-11-21'),
    });
  });
});
