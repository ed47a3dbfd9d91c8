import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Distribution, parseStatistic } from '../../../local/cloudwatch/statistics.ts';

const of = (values: readonly number[]): Distribution => ({
  sum: values.reduce((sum, value) => sum + value, 0),
  count: values.length,
  min: Math.min(...values),
  max: Math.max(...values),
  values: new Map([...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length])),
});
const statistic = (text: string, values: readonly number[]): number | undefined =>
  parseStatistic(text).of(of(values));
const oneTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe('a statistic', () => {
  it.each([
    ['Sum', 5050],
    ['SampleCount', 100],
    ['Average', 50.5],
    ['Minimum', 1],
    ['Maximum', 100],
    ['p99', 99],
    ['p50', 50],
    ['p99.9', 100],
    ['p100', 100],
    ['tm90', 45.5],
    ['TM(:90%)', 45.5],
    ['TM(10%:90%)', 50.5],
    ['TM(90%:)', 95.5],
    ['TM(98:)', 99.5],
    ['TC(:30)', 30],
    ['TC(30:)', 70],
    ['TC(10:20)', 10],
    ['TC(100:)', 0],
    ['TS(98:)', 199],
    ['PR(:30)', 30],
    ['PR(10:20)', 10],
  ])('%s of 1 to 100 is %d', (text, expected) => {
    expect(statistic(text, oneTo(100))).toBeCloseTo(expected, 10);
  });

  it('counts a value at the upper bound in, and one at the lower bound out', () => {
    expect(statistic('TC(1:2)', [1, 2, 3])).toBe(1);
    expect(statistic('TC(:30000)', [29_999.5, 30_000, 30_000.5])).toBe(2);
  });

  it('takes a percentile of one value for that value', () => {
    expect(statistic('p99', [7])).toBe(7);
    expect(statistic('tm99', [7])).toBe(7);
  });

  it('has no mean of nothing', () => {
    expect(statistic('TM(100:200)', [1, 2])).toBeUndefined();
  });

  it('says whether it needs single values', () => {
    expect(parseStatistic('Maximum').needsValues).toBe(false);
    expect(parseStatistic('p90').needsValues).toBe(true);
  });

  it.each([
    'Median',
    'p',
    'p0',
    'p101',
    'P99',
    'TC(:)',
    'TC(5:1)',
    'TM(90%:10%)',
    'wm98',
    'IQM',
    'constructor',
    'TC(1%:2%)',
  ])('is refused when the stage does not know it: %s', (text) => {
    expect(() => parseStatistic(text)).toThrow(`The local stage does not know the statistic ${text}`);
  });

  const samples = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 });
  const percent = fc.integer({ min: 1, max: 100 });

  it('that is a percentile is one of the values, and no more of them exceed it than it says', () => {
    fc.assert(
      fc.property(samples, percent, (values, at) => {
        const value = statistic(`p${at}`, values) ?? Number.NaN;
        expect(values).toContain(value);
        const share = values.filter((each) => each <= value).length / values.length;
        expect(share).toBeGreaterThanOrEqual(at / 100);
        const below = values.filter((each) => each < value).length / values.length;
        expect(below).toBeLessThan(at / 100);
      }),
    );
  });

  it('splits what it counts at any bound', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 0, max: 1000 }), (values, bound) => {
        const [low = 0, high = 0] = [`TC(:${bound})`, `TC(${bound}:)`].map((text) => statistic(text, values));
        expect(low + high).toBe(values.length);
        const share = statistic(`PR(:${bound})`, values);
        expect(share).toBeCloseTo((100 * low) / values.length, 8);
      }),
    );
  });

  it('that is a trimmed mean lies between the least and the greatest value', () => {
    fc.assert(
      fc.property(samples, percent, (values, at) => {
        const mean = statistic(`tm${at}`, values) ?? Number.NaN;
        expect(mean).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(mean).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
      }),
    );
  });
});
