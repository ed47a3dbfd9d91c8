import { describe, expect, it } from 'vitest';
import { readReason } from '../../../../functions/foundation/domain/read-reason.ts';

const trigger = {
  MetricName: 'ApproximateAgeOfOldestMessage',
  Statistic: 'MAXIMUM',
  Period: 60,
  Threshold: 120,
  ComparisonOperator: 'GreaterThanThreshold',
};

describe('the reason of an alarm', () => {
  it('is told as what was measured, and from where on it is too much', () => {
    expect(
      readReason(
        'Threshold Crossed: 2 out of the last 3 datapoints [312.0 (21/11/26 03:02:00), 180.5 (21/11/26 03:01:00)] were greater than the threshold (120.0) (minimum 2 datapoints for OK -> ALARM transition).',
        trigger,
      ),
    ).toEqual({
      words: 'ApproximateAgeOfOldestMessage (maximum): 312 and 180.5 in a minute; alarm above 120',
      from: Date.parse('2026-11-21T03:01:00Z'),
    });
  });

  it('takes the label of metric math, and its period', () => {
    const { words } = readReason(
      'Threshold Crossed: 1 datapoint [1.234567E-5 (21/11/26 03:02:00)] was less than or equal to the threshold (5.0).',
      {
        ComparisonOperator: 'LessThanOrEqualToThreshold',
        Threshold: 5,
        Metrics: [
          {
            Id: 'a',
            ReturnData: false,
            MetricStat: { Metric: { MetricName: 'A' }, Period: 300, Stat: 'Sum' },
          },
          { Id: 'e', Expression: 'a * 2', Label: 'Twice', ReturnData: true },
        ],
      },
    );
    expect(words).toBe('Twice: 0.00001235 in 5 minutes; alarm down from 5');
  });

  it('names at most three values', () => {
    const values = ['5.0', '4.0', '3.0', '2.0'].map(
      (value, minute) => `${value} (21/11/26 03:0${minute}:00)`,
    );
    const { words } = readReason(
      `Threshold Crossed: 4 out of the last 4 datapoints [${values.join(', ')}] were greater than the threshold (1.0).`,
      { ...trigger, Period: 10 },
    );
    expect(words).toContain(': 5, 4 and 3 in 10 s;');
  });

  it('names them too where CloudWatch lists only the latest', () => {
    const { words } = readReason(
      'Threshold Crossed: 6 datapoints were greater than the threshold (120.0). The most recent datapoints which crossed the threshold: [130.0 (21/11/26 03:06:00), 140.0 (21/11/26 03:05:00)].',
      trigger,
    );
    expect(words).toContain(': 130 and 140 in a minute;');
  });

  it.each([
    'Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [Breaching].',
    'Insufficient Data: 1 datapoint was unknown.',
    'forced by hand',
  ])('is passed on where it tells no value: %s', (reason) => {
    expect(readReason(reason, trigger)).toEqual({ words: reason.replace(/\.$/u, ''), from: undefined });
  });

  it('is passed on where the alarm has no fixed threshold', () => {
    const reason =
      'Thresholds Crossed: 1 out of the last 1 datapoints [5.0 (21/11/26 03:02:00)] was outside the band';
    expect(readReason(reason, { ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold' }).words).toBe(
      reason,
    );
  });
});
