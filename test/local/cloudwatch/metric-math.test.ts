import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileMath, type TimeSeries } from '../../../local/cloudwatch/metric-math.ts';

const _ = undefined;

/** The result of an expression over metrics of the same length. */
function evaluate(expression: string, metrics: Readonly<Record<string, TimeSeries>>): TimeSeries {
  const scope = { metrics: Object.keys(metrics), expressions: [], periodSeconds: 60 };
  const length = Math.max(...Object.values(metrics).map((series) => series.length));
  return compileMath(expression, scope).evaluate((id) => metrics[id] ?? [], length);
}

describe('arithmetic', () => {
  it.each<[string, TimeSeries]>([
    ['m1 + m2', [4, 6]],
    ['m1 - m2 - 1', [-3, -3]],
    ['m1 + m2 * 2', [7, 10]],
    ['(m1 + m2) * 2', [8, 12]],
    ['2 ^ 3 ^ 2 + m1', [513, 514]],
    ['-m1 ^ 2', [-1, -4]],
    ['m1 / m2', [1 / 3, 0.5]],
    ['100 * m1 / (m1 + m2)', [25, 100 / 3]],
    ['1.5e1 + .5 + m1', [16.5, 17.5]],
    ['PERIOD(m1) / 60 + m1', [2, 3]],
    ['--m1', [1, 2]],
  ])('%s', (expression, expected) => {
    expect(evaluate(expression, { m1: [1, 2], m2: [3, 4] })).toEqual(expected);
  });

  it('holds a value that only one of two series has against 0, and drops what neither has', () => {
    expect(evaluate('m1 + m2', { m1: [1, _, 3, _], m2: [_, 2, 4, _] })).toEqual([1, 2, 7, _]);
    expect(evaluate('m1 - m2', { m1: [_], m2: [2] })).toEqual([-2]);
  });

  it('leaves what is missing missing when a number is added', () => {
    expect(evaluate('m1 + 5', { m1: [1, _] })).toEqual([6, _]);
  });

  it('drops a data point that divides by zero', () => {
    expect(evaluate('m1 / m2', { m1: [1, 1, 1], m2: [0, _, 2] })).toEqual([_, _, 0.5]);
    expect(evaluate('1 / m1', { m1: [0, 4] })).toEqual([_, 0.25]);
    expect(evaluate('LOG(m1)', { m1: [0, 1] })).toEqual([_, 0]);
  });
});

describe('comparisons', () => {
  // The example of CloudWatch's guide.
  const metrics = { metric1: [30, 20, 0, 0], metric2: [20, _, 20, _] };
  it.each<[string, TimeSeries]>([
    ['metric1 < metric2', [0, 0, 1, 0]],
    ['metric1 >= 30', [1, 0, 0, 0]],
    ['metric1 > 15 AND metric2 > 15', [1, 0, 0, 0]],
    ['metric1 > 15 && metric2 > 15', [1, 0, 0, 0]],
    ['metric1 > 25 OR metric2 > 15', [1, 0, 1, 0]],
    ['metric1 > 25 || metric2 > 15 AND metric1 == 0', [1, 0, 1, 0]],
    ['metric1 != 20', [1, 0, 1, 1]],
    ['metric1 <= 20', [0, 1, 1, 1]],
  ])('%s', (expression, expected) => {
    expect(evaluate(expression, metrics)).toEqual(expected);
  });
});

describe('IF', () => {
  // The examples of CloudWatch's guide.
  const metrics = { metric1: [1, 1, 0, 0, _], metric2: [30, _, 0, 0, 30], metric3: [0, 0, 20, _, 20] };
  it.each<[string, TimeSeries]>([
    ['IF(metric1, metric2, metric3)', [30, 0, 20, _, _]],
    ['IF(metric1, 5, metric3)', [5, 5, 20, _, _]],
    ['IF(metric1, metric2, 5)', [30, 0, 5, 5, _]],
    ['IF(metric1, metric2)', [30, 0, _, _, _]],
    ['IF(1, metric2, metric3)', [30, _, 0, 0, 30]],
    ['IF(0, metric2, metric3)', [0, 0, 20, _, 20]],
    ['IF(0, metric2)', [_, _, _, _, _]],
    ['IF(metric1 > 0, 100 * metric1 / metric1, 0)', [100, 100, 0, 0, _]],
  ])('%s', (expression, expected) => {
    expect(evaluate(expression, metrics)).toEqual(expected);
  });
});

describe('FILL', () => {
  it.each<[string, TimeSeries]>([
    ['FILL(m1, 0)', [0, 3, 0, 5]],
    ['FILL(m1, REPEAT)', [_, 3, 3, 5]],
    ['FILL(m1, m2)', [9, 3, _, 5]],
    ['FILL(m1, -1) * 2', [-2, 6, -2, 10]],
    ['SUM(FILL([m1, m2], 1))', [10, 4, 2, 6]],
  ])('%s', (expression, expected) => {
    expect(evaluate(expression, { m1: [_, 3, _, 5], m2: [9, _, _, _] })).toEqual(expected);
  });
});

describe('functions', () => {
  const metrics = { m1: [-1.5, 2, _], m2: [4, _, _], e1: [10, 10, 10] };
  it.each<[string, TimeSeries]>([
    ['ABS(m1)', [1.5, 2, _]],
    ['CEIL(m1)', [-1, 2, _]],
    ['FLOOR(m1)', [-2, 2, _]],
    ['SUM([m1, m2])', [2.5, 2, _]],
    ['AVG([m1, m2])', [1.25, 1, _]],
    ['MIN([m1, m2])', [-1.5, 2, _]],
    ['MAX([m1, m2])', [4, 2, _]],
    ['MAX([m1, m2]) + m2', [8, 2, _]],
    ['SUM(METRICS())', [12.5, 12, 10]],
    ['SUM(METRICS("m"))', [2.5, 2, _]],
    ['SUM([METRICS("1"), m2])', [12.5, 12, 10]],
    ['SUM(100 / [m1, m2])', [100 / -1.5 + 25, 50, _]],
    ['SUM(-[m1, m2])', [-2.5, -2, _]],
    ['TIME_SERIES(3) + m1', [1.5, 5, 3]],
  ])('%s', (expression, expected) => {
    expect(evaluate(expression, metrics)).toEqual(expected);
  });
});

describe('an expression that the stage cannot follow', () => {
  it.each([
    ['m3 + 1', 'there is no m3; there are m1, m2'],
    ['RATE(m1)', 'does not know the function RATE'],
    ['ANOMALY_DETECTION_BAND(m1)', 'does not know the function ANOMALY_DETECTION_BAND'],
    ['toString(m1)', 'does not know the function toString'],
    ['SUM(m1)', 'SUM of a time series depends on how far CloudWatch happens to look back'],
    ['MAX(3)', 'MAX of a number depends'],
    ['5 + 5', 'it gives a number, an alarm needs one time series'],
    ['[m1, m2]', 'it gives several time series'],
    ['METRICS() * 2', 'it gives several time series'],
    ['IF(1, 2, 3)', 'IF between numbers'],
    ['IF(m1)', 'IF takes 2 or 3 arguments'],
    ['FILL(m1)', 'FILL takes 2 arguments'],
    ['FILL(m1, LINEAR)', 'LINEAR has no meaning there'],
    ['FILL(3, 0)', 'FILL takes a time series'],
    ['PERIOD(3)', 'PERIOD takes the id of a metric'],
    ['METRICS(m1)', 'METRICS takes a text'],
    ['[1, m1]', 'a number cannot be in an array'],
    ['[m1] + [m2]', '+ takes no two arrays'],
    ['1 / 0 + m1', '1 / 0 is no number'],
    ['m1 +', 'it ends too early'],
    ['m1 m2', '“m2” is not expected there'],
    ['(m1', '“)” is missing before “the end”'],
    ['ABS(m1', '“,” is missing before “the end”'],
    ['m1 ? m2', '“? m2” cannot be read'],
    ['"text"', 'the text “text” has no meaning there'],
    ['', 'it ends too early'],
  ])('%s', (expression, words) => {
    const scope = { metrics: ['m1', 'm2'], expressions: [], periodSeconds: 60 };
    expect(() => compileMath(expression, scope)).toThrow(words);
  });
});

describe('any metrics', () => {
  const point = fc.option(fc.integer({ min: -50, max: 50 }), { nil: undefined });
  const series = fc.array(point, { minLength: 5, maxLength: 5 });

  it('have a sum that is there exactly where one of them is', () => {
    fc.assert(
      fc.property(series, series, (m1, m2) => {
        const sum = evaluate('m1 + m2', { m1, m2 });
        expect(sum).toEqual(evaluate('SUM([m1, m2])', { m1, m2 }));
        expect(sum.map((value) => value === undefined)).toEqual(
          m1.map((value, at) => value === undefined && m2[at] === undefined),
        );
      }),
    );
  });

  it('never give a value that is no number', () => {
    fc.assert(
      fc.property(series, series, (m1, m2) => {
        for (const value of evaluate('IF(m1 > 0, m2 / m1, m1 ^ 0.5) / m2', { m1, m2 })) {
          expect(value === undefined || Number.isFinite(value)).toBe(true);
        }
      }),
    );
  });

  it('filled are complete, and where they had a value unchanged', () => {
    fc.assert(
      fc.property(series, (m1) => {
        const filled = evaluate('FILL(m1, 7)', { m1 });
        expect(filled).toEqual(m1.map((value) => value ?? 7));
      }),
    );
  });

  it('split by a condition come together again', () => {
    fc.assert(
      fc.property(series, (m1) => {
        expect(evaluate('IF(m1 > 3, m1, m1)', { m1 })).toEqual(m1);
      }),
    );
  });
});
