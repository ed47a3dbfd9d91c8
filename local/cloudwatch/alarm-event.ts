import type { NewEvent } from '../events/event-bus.ts';
import type { AlarmMetric, Alarm } from './alarm.ts';
import { cloudWatchTime } from './alarm-state.ts';
import type { AlarmChange, AlarmStatus } from './alarms.ts';

/** The event that CloudWatch puts on the default bus when an alarm changes. Source: CloudWatch user guide, "Alarm events and EventBridge". */
export const alarmEventOf = ({ alarm, from, to }: AlarmChange): NewEvent => ({
  'detail-type': 'CloudWatch Alarm State Change',
  source: 'aws.cloudwatch',
  time: new Date(to.since).toISOString().replace(/\.\d+Z$/u, 'Z'),
  resources: [alarm.arn],
  detail: {
    alarmName: alarm.name,
    state: toState(to),
    previousState: toState(from),
    configuration: configurationOf(alarm),
    ...(alarm.sentTags === undefined ? {} : { alarmTags: alarm.sentTags, alarmTagsStatus: 'SUCCESS' }),
  },
});

const toState = ({ state, reason, reasonData, since }: AlarmStatus) => ({
  value: state,
  reason,
  ...(reasonData === undefined ? {} : { reasonData: JSON.stringify(reasonData) }),
  timestamp: cloudWatchTime(since),
});

const configurationOf = (alarm: Alarm) => ({
  ...(alarm.description === undefined ? {} : { description: alarm.description }),
  ...(alarm.kind === 'composite'
    ? { alarmRule: alarm.text }
    : { metrics: alarm.metrics.map((metric) => toMetric(metric, alarm.rule.periodSeconds)) }),
});

const toMetric = ({ id, label, returnData, source }: AlarmMetric, period: number) => ({
  id,
  ...(label === undefined ? {} : { label }),
  ...(source.kind === 'expression'
    ? { expression: source.expression }
    : {
        metricStat: {
          metric: {
            namespace: source.metric.namespace,
            name: source.metric.name,
            dimensions: source.metric.dimensions,
          },
          period,
          stat: source.stat,
        },
      }),
  returnData,
});
