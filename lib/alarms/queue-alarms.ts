import { MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { DeadLetters } from '../constructs/dead-letters.ts';
import type { WorkQueue } from '../constructs/work-queue.ts';
import { alarmPeriod } from './alarm-period.ts';
import type { AlarmPlan } from './service-alarm.ts';

/** SQS is silent only about queues that have been empty and untouched for hours: nothing waits there. */
const missing = TreatMissingData.NOT_BREACHING;

/** What is watched of every queue. */
export function queueAlarms(
  { name, queue, maxWait, maxBacklog }: WorkQueue,
  promises: readonly string[],
): AlarmPlan[] {
  const most = { period: alarmPeriod, statistic: 'Maximum' };
  return [
    {
      subject: `${name}-queue-age`,
      severity: 'page',
      means: `For three minutes the oldest message of the queue ${name} has waited for more than ${maxWait.toSeconds()} seconds.`,
      promises,
      metric: queue.metricApproximateAgeOfOldestMessage(most),
      threshold: maxWait.toSeconds(),
      breaching: 3,
      of: 3,
      missing,
    },
    {
      subject: `${name}-queue-backlog`,
      severity: 'ticket',
      means: `For a quarter of an hour more than ${maxBacklog} messages have waited in the queue ${name}.`,
      promises,
      metric: queue.metricApproximateNumberOfMessagesVisible(most),
      threshold: maxBacklog,
      breaching: 15,
      of: 15,
      missing,
    },
  ];
}

/** One message that nobody could work off is enough. Received counts too: a consumer that drains the queue would hide it otherwise. */
export function deadLetterAlarm({ name, queue }: DeadLetters, promises: readonly string[]): AlarmPlan {
  return {
    subject: `${name}-dead-letters`,
    severity: 'page',
    means: `What ${name} could not work off lies in its dead-letter queue.`,
    promises,
    metric: new MathExpression({
      expression: 'visible + received',
      label: 'Dead letters',
      period: alarmPeriod,
      usingMetrics: {
        visible: queue.metricApproximateNumberOfMessagesVisible({
          period: alarmPeriod,
          statistic: 'Maximum',
        }),
        received: queue.metricNumberOfMessagesReceived({ period: alarmPeriod, statistic: 'Sum' }),
      },
    }),
    threshold: 1,
    breaching: 1,
    of: 1,
    missing,
  };
}
