import { type AlarmState, cloudWatchTime, type Verdict } from './alarm-state.ts';
import type { TimeSeries } from './metric-math.ts';
import { reasonOf } from './threshold-reason.ts';

export const comparisonOperators = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanOrEqualToThreshold',
  'LessThanThreshold',
] as const;
export type ComparisonOperator = (typeof comparisonOperators)[number];

const comparisons: Readonly<Record<ComparisonOperator, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};

export const missingDataTreatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
export type MissingDataTreatment = (typeof missingDataTreatments)[number];

/** What makes a metric alarm go off. */
export interface ThresholdRule {
  readonly comparison: ComparisonOperator;
  readonly threshold: number;
  /** N: so many data points are looked at. */
  readonly evaluationPeriods: number;
  /** M: so many of them must breach. @default N, and CloudWatch words its reasons differently then */
  readonly datapointsToAlarm: number | undefined;
  readonly treatMissingData: MissingDataTreatment;
  readonly periodSeconds: number;
  /** Named in the reason's data; undefined for metric math. */
  readonly statistic: string | undefined;
}

/** What was measured, the oldest first. */
export interface Evidence {
  readonly values: TimeSeries;
  /** When each period began, in epoch milliseconds. */
  readonly timestamps: readonly number[];
  /** How many measurements made each value; undefined for metric math. */
  readonly sampleCounts: TimeSeries | undefined;
  /** When it is judged, in epoch milliseconds. */
  readonly at: number;
}

export interface Datapoint {
  readonly value: number;
  readonly timestamp: number;
  readonly breaches: boolean;
}

/**
 * How many data points CloudWatch asks for, so that some may be missing. Its guide shows 5 for 3, and says no more than that it depends.
 * Source: CloudWatch user guide, "How alarm state is evaluated when data is missing".
 */
export const evaluationRange = (evaluationPeriods: number): number => evaluationPeriods + 2;

/**
 * Judges a metric alarm. Undefined means that it stays as it is.
 * Source: CloudWatch user guide, "Evaluating an alarm" and "Configuring how CloudWatch alarms treat missing data".
 */
export function judge(rule: ThresholdRule, evidence: Evidence): Verdict | undefined {
  const needed = rule.evaluationPeriods;
  const datapoints = evidence.values.map((value, index): Datapoint | undefined =>
    value === undefined
      ? undefined
      : {
          value,
          timestamp: evidence.timestamps[index] ?? evidence.at,
          breaches: comparisons[rule.comparison](value, rule.threshold),
        },
  );
  const received = datapoints.filter((datapoint) => datapoint !== undefined).slice(-needed);
  const missing = needed - received.length;
  const state = stateOf(rule, datapoints, received, missing);
  return state === undefined
    ? undefined
    : {
        state,
        reason: reasonOf(rule, state, received, missing),
        reasonData: reasonDataOf(rule, evidence, received),
      };
}

function stateOf(
  rule: ThresholdRule,
  datapoints: readonly (Datapoint | undefined)[],
  received: readonly Datapoint[],
  missing: number,
): AlarmState | undefined {
  const toAlarm = rule.datapointsToAlarm ?? rule.evaluationPeriods;
  const breaching = received.filter(({ breaches }) => breaches).length;
  if (missing === 0 || rule.treatMissingData === 'notBreaching' || breaching >= toAlarm) {
    return breaching >= toAlarm ? 'ALARM' : 'OK';
  }
  if (rule.treatMissingData === 'breaching') {
    return breaching + missing >= toAlarm ? 'ALARM' : 'OK';
  }
  if (received.some(({ breaches }) => !breaches)) {
    return 'OK';
  }
  if (rule.treatMissingData === 'ignore') {
    return undefined;
  }
  // Everything received breaches, but it is too little: enough all the same when it is old enough to have been contradicted.
  const oldest = datapoints.findIndex((datapoint) => datapoint !== undefined);
  const age = datapoints.length - oldest;
  return oldest !== -1 && age >= toAlarm ? 'ALARM' : 'INSUFFICIENT_DATA';
}

/** CloudWatch lists of what it evaluated only the newest data point, or all periods when none had one. */
function reasonDataOf(
  rule: ThresholdRule,
  { values, timestamps, sampleCounts, at }: Evidence,
  received: readonly Datapoint[],
): Readonly<Record<string, unknown>> {
  const newest = values.findLastIndex((value) => value !== undefined);
  const evaluated = newest === -1 ? [...values.keys()].toReversed() : [newest];
  const [first] = received;
  return {
    version: '1.0',
    queryDate: cloudWatchTime(at),
    ...(first === undefined ? {} : { startDate: cloudWatchTime(first.timestamp) }),
    ...(rule.statistic === undefined ? {} : { statistic: rule.statistic }),
    period: rule.periodSeconds,
    recentDatapoints: received.map(({ value }) => value),
    threshold: rule.threshold,
    evaluatedDatapoints: evaluated.map((index) => ({
      timestamp: cloudWatchTime(timestamps[index] ?? at),
      sampleCount: sampleCounts?.[index],
      value: values[index],
    })),
  };
}
