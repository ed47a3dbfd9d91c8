import type { AlarmTrigger } from '../../contracts/alarm-message.ts';
import { list, number } from './in-words.ts';

export interface Reading {
  /** A sentence without its full stop: what was measured, and what is too much. */
  readonly words: string;
  /** Of the earliest value that the reason names, in epoch milliseconds. */
  readonly from: number | undefined;
}

/**
 * What a metric alarm has measured, in words. CloudWatch tells the values only inside the sentence of the reason: `Threshold Crossed: 2 out of the last 3
 * datapoints [12.5 (21/11/26 03:02:00), 10.0 (21/11/26 03:01:00)] were greater than the threshold (5.0) …`. Another sentence is passed on as it is.
 */
export function readReason(reason: string, trigger: AlarmTrigger): Reading {
  const values = valuesOf(reason);
  const limit = limitOf(trigger);
  if (values.length === 0 || limit === undefined) {
    return { words: reason.replace(/\.\s*$/u, ''), from: undefined };
  }
  const times = values.map(({ at }) => at).filter((at) => at !== undefined);
  return {
    words: `${measureOf(trigger)}: ${list(values.slice(0, 3).map(({ value }) => number(value)))}${periodOf(trigger)}; ${limit}`,
    from: times.length === 0 ? undefined : Math.min(...times),
  };
}

function valuesOf(reason: string): { value: number; at: number | undefined }[] {
  const [, inside = ''] = /(?:datapoints?|crossed the threshold:) \[([^\]]+)\]/u.exec(reason) ?? [];
  return inside
    .split(/,\s*/u)
    .map((text) => /^(-?[\d.]+(?:E-?\d+)?)(?: \((\d\d)\/(\d\d)\/(\d\d) ([\d:]{8})\))?$/u.exec(text))
    .filter((match) => match !== null)
    .map(([, value, day, month, year, time]) => ({
      value: Number(value),
      at: time === undefined ? undefined : Date.parse(`20${year}-${month}-${day}T${time}Z`),
    }));
}

function limitOf({ ComparisonOperator, Threshold }: AlarmTrigger): string | undefined {
  const comparison = comparisons[ComparisonOperator ?? ''];
  return comparison === undefined || typeof Threshold !== 'number'
    ? undefined
    : `alarm ${comparison} ${number(Threshold)}`;
}

const comparisons: Readonly<Record<string, string>> = {
  GreaterThanThreshold: 'above',
  GreaterThanOrEqualToThreshold: 'from',
  LessThanThreshold: 'below',
  LessThanOrEqualToThreshold: 'down from',
};

/** The label of what the alarm looks at. */
function measureOf({ Metrics, MetricName, Statistic, ExtendedStatistic }: AlarmTrigger): string {
  const watched = Metrics?.find(({ ReturnData }) => ReturnData !== false);
  const statistic = ExtendedStatistic ?? Statistic?.toLowerCase();
  return (
    watched?.Label ??
    watched?.MetricStat?.Metric.MetricName ??
    watched?.Expression ??
    (MetricName === undefined ? 'value' : `${MetricName}${statistic === undefined ? '' : ` (${statistic})`}`)
  );
}

function periodOf({ Period, Metrics }: AlarmTrigger): string {
  const seconds =
    Metrics?.find(({ MetricStat }) => typeof MetricStat?.Period === 'number')?.MetricStat?.Period ?? Period;
  if (seconds === undefined) {
    return '';
  }
  return seconds % 60 === 0
    ? ` in ${seconds === 60 ? 'a minute' : `${seconds / 60} minutes`}`
    : ` in ${seconds} s`;
}
