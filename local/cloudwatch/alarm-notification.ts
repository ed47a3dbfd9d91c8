import { cloudWatchTime } from './alarm-state.ts';
import type { AlarmMetric, MetricAlarm } from './alarm.ts';
import type { AlarmChange } from './alarms.ts';
import type { MetricId } from './metric-store.ts';

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** As CloudWatch calls regions in its notifications. */
const regionNames: Readonly<Record<string, string>> = {
  'eu-west-1': 'EU (Ireland)',
  'eu-central-1': 'EU (Frankfurt)',
  'us-east-1': 'US East (N. Virginia)',
};
const regionName = (region: string): string => regionNames[region] ?? region;

export const subjectOf = ({ alarm, to }: AlarmChange, { region }: Place): string =>
  `${to.state}: "${alarm.name}" in ${regionName(region)}`;

/** What CloudWatch publishes on a topic when an alarm changes: the message, JSON. Source: CloudWatch user guide, "Notifying users on alarm changes". */
export function notificationOf(
  change: AlarmChange,
  place: Place,
  configuredAt: number,
): Readonly<Record<string, unknown>> {
  const { alarm, from, to } = change;
  return {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description ?? null,
    AWSAccountId: place.account,
    AlarmConfigurationUpdatedTimestamp: cloudWatchTime(configuredAt),
    NewStateValue: to.state,
    NewStateReason: to.reason,
    StateChangeTime: cloudWatchTime(to.since),
    Region: regionName(place.region),
    AlarmArn: alarm.arn,
    OldStateValue: from.state,
    OKActions: alarm.actions.OK,
    AlarmActions: alarm.actions.ALARM,
    InsufficientDataActions: alarm.actions.INSUFFICIENT_DATA,
    ...(alarm.kind === 'metric'
      ? { Trigger: triggerOf(alarm) }
      : {
          AlarmRule: alarm.text,
          TriggeringChildren: change.triggeringChildren.map(({ arn, status }) => ({
            Arn: arn,
            State: { Value: status.state, Timestamp: cloudWatchTime(status.since) },
          })),
        }),
    ...(alarm.sentTags === undefined
      ? {}
      : {
          AlarmTags: Object.entries(alarm.sentTags).map(([Key, Value]) => ({ Key, Value })),
          AlarmTagsStatus: 'SUCCESS',
        }),
  };
}

function triggerOf(alarm: MetricAlarm): Readonly<Record<string, unknown>> {
  const { rule } = alarm;
  const how = {
    Period: rule.periodSeconds,
    EvaluationPeriods: rule.evaluationPeriods,
    ...(rule.datapointsToAlarm === undefined ? {} : { DatapointsToAlarm: rule.datapointsToAlarm }),
    ComparisonOperator: rule.comparison,
    Threshold: rule.threshold,
    TreatMissingData: rule.treatMissingData,
    EvaluateLowSampleCountPercentile: '',
  };
  const [first] = alarm.metrics;
  if (alarm.isSimple && first?.source.kind === 'metric') {
    const { metric, stat } = first.source;
    return { ...metricFields(metric), ...statisticFields(stat), Unit: null, ...how };
  }
  return { ...how, Metrics: alarm.metrics.map((metric) => toMetric(metric, rule.periodSeconds)) };
}

const simpleStatistics = new Map([
  ['Sum', 'SUM'],
  ['Average', 'AVERAGE'],
  ['Minimum', 'MINIMUM'],
  ['Maximum', 'MAXIMUM'],
  ['SampleCount', 'SAMPLE_COUNT'],
]);

function statisticFields(stat: string): Readonly<Record<string, string>> {
  const simple = simpleStatistics.get(stat);
  return simple === undefined
    ? { StatisticType: 'ExtendedStatistic', ExtendedStatistic: stat }
    : { StatisticType: 'Statistic', Statistic: simple };
}

/** Their dimensions begin with small letters, unlike everything around them. */
const metricFields = ({ namespace, name, dimensions }: MetricId) => ({
  MetricName: name,
  Namespace: namespace,
  Dimensions: Object.entries(dimensions).map(([key, value]) => ({ value, name: key })),
});

const toMetric = ({ id, label, returnData, source }: AlarmMetric, Period: number) => ({
  Id: id,
  ...(label === undefined ? {} : { Label: label }),
  ...(source.kind === 'expression'
    ? { Expression: source.expression }
    : { MetricStat: { Metric: metricFields(source.metric), Period, Stat: source.stat } }),
  ReturnData: returnData,
});
