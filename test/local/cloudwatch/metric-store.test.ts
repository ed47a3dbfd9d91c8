import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MetricId, MetricStore } from '../../../local/cloudwatch/metric-store.ts';

const metric: MetricId = { namespace: 'Test', name: 'made', dimensions: { service: 'small', part: 'x' } };

function storeAt(start: number, options: { retainedMinutes?: number; valued?: MetricId[] } = {}) {
  let now = start * 60_000;
  const store = new MetricStore({
    minuteMs: 60_000,
    retainedMinutes: options.retainedMinutes ?? 60,
    valued: options.valued ?? [],
    now: () => now,
  });
  return { store, pass: (minutes: number) => (now += minutes * 60_000) };
}
const sums = (windows: readonly ({ sum: number } | undefined)[]) => windows.map((window) => window?.sum);

describe('the metric store', () => {
  it('knows a metric by its dimensions, whatever their order', () => {
    const { store } = storeAt(100);
    store.series(metric).add(1);
    store.series({ ...metric, dimensions: { part: 'x', service: 'small' } }).add(2);
    store.series({ ...metric, dimensions: { service: 'small' } }).add(40);
    expect(store.total(metric)?.sum).toBe(3);
  });

  it('tells a metric that somebody reports from one that nobody has heard of', () => {
    const { store } = storeAt(100);
    expect(store.isReported(metric)).toBe(false);
    store.series(metric);
    expect(store.isReported(metric)).toBe(true);
    expect(store.total(metric)).toBeUndefined();
  });

  it('keeps minutes apart, and those without data empty', () => {
    const { store, pass } = storeAt(100);
    const series = store.series(metric);
    series.add(1);
    series.add(3);
    pass(2);
    series.add(10);
    pass(1);
    expect(series.windows(store.minute, 1, 4)).toEqual([
      undefined,
      { sum: 4, count: 2, min: 1, max: 3, values: undefined },
      undefined,
      { sum: 10, count: 1, min: 10, max: 10, values: undefined },
    ]);
  });

  it('does not look at the minute that is running', () => {
    const { store } = storeAt(100);
    store.series(metric).add(1);
    expect(sums(store.series(metric).windows(store.minute, 1, 2))).toEqual([undefined, undefined]);
  });

  it('slides longer windows by the minute', () => {
    const { store, pass } = storeAt(100);
    const series = store.series(metric);
    for (const value of [1, 2, 4, 8, 16, 32]) {
      series.add(value);
      pass(1);
    }
    expect(sums(series.windows(store.minute, 3, 2))).toEqual([1 + 2 + 4, 8 + 16 + 32]);
    expect(sums(series.windows(store.minute - 1, 3, 2))).toEqual([1 + 2, 4 + 8 + 16]);
  });

  it('keeps single values only of metrics of which they are asked, over several minutes', () => {
    const { store, pass } = storeAt(100, { valued: [metric] });
    store.series(metric).add(5);
    pass(1);
    store.series(metric).add(5);
    store.series(metric).add(7);
    pass(1);
    expect(store.series(metric).windows(store.minute, 2, 1)[0]?.values).toEqual(
      new Map([
        [5, 2],
        [7, 1],
      ]),
    );
  });

  it('forgets what no alarm looks back to', () => {
    const { store, pass } = storeAt(100, { retainedMinutes: 10 });
    for (let minute = 0; minute < 100; minute += 1) {
      store.series(metric).add(1);
      pass(1);
    }
    expect(store.series(metric).windows(store.minute, 100, 1)[0]?.count).toBeLessThanOrEqual(11);
    expect(store.series(metric).windows(store.minute, 10, 1)[0]?.count).toBe(10);
  });

  it('holds a bounded number of values of a minute, each within a thousandth', () => {
    const { store, pass } = storeAt(100, { valued: [metric] });
    const series = store.series(metric);
    for (let index = 0; index < 50_000; index += 1) {
      series.add(1000 + index / 7);
    }
    pass(1);
    const values = series.windows(store.minute, 1, 1)[0]?.values ?? new Map();
    expect(values.size).toBeLessThan(15_000);
    expect([...values.values()].reduce((sum, count) => sum + count, 0)).toBe(50_000);
  });

  it('loses nothing between windows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 9 })), { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        (steps, length) => {
          const { store, pass } = storeAt(1000, { retainedMinutes: 1000 });
          const series = store.series(metric);
          let total = 0;
          for (const [minutes, value] of steps) {
            pass(minutes);
            series.add(value);
            total += value;
          }
          pass(1);
          const windows = series.windows(store.minute, length, 200);
          expect(windows.reduce((sum, window) => sum + (window?.sum ?? 0), 0)).toBe(total);
        },
      ),
    );
  });
});
