import { Duration } from 'aws-cdk-lib';
import { MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { OwnedFunction } from '../constructs/owned-function.ts';
import { alarmPeriod } from './alarm-period.ts';
import type { AlarmPlan } from './service-alarm.ts';

const failingPercent = 5;
/** Of the time-out: a function that slow will soon be ended in the middle. */
const nearTimeout = 0.9;
const nearLimit = 0.9;

/** What is watched of every function. Lambda reports nothing while nobody invokes, and then nothing is wrong. */
export function functionAlarms(fn: OwnedFunction, promises: readonly string[]): AlarmPlan[] {
  const { lambda, name, maxConcurrency } = fn;
  const common = { promises, missing: TreatMissingData.NOT_BREACHING } as const;
  const sum = { period: alarmPeriod, statistic: 'Sum' };
  return [
    {
      ...common,
      subject: `${name}-errors`,
      severity: 'page',
      means: `More than ${failingPercent} % of the invocations of ${name} fail.`,
      metric: new MathExpression({
        expression: 'IF(invocations > 0, 100 * errors / invocations, 0)',
        label: 'Failed invocations, %',
        period: alarmPeriod,
        usingMetrics: { errors: lambda.metricErrors(sum), invocations: lambda.metricInvocations(sum) },
      }),
      threshold: failingPercent,
      breaching: 2,
      of: 3,
    },
    {
      ...common,
      subject: `${name}-throttles`,
      severity: 'page',
      means: `Lambda refuses to start ${name}: too much runs at the same time.`,
      metric: lambda.metricThrottles(sum),
      threshold: 1,
      breaching: 2,
      of: 3,
    },
    {
      ...common,
      subject: `${name}-duration`,
      severity: 'ticket',
      means: `The slowest of ${name} come near its time-out of ${fn.timeout.toSeconds()} seconds, at which they are ended.`,
      metric: lambda.metricDuration({ period: alarmPeriod, statistic: 'p99' }),
      threshold: nearTimeout * fn.timeout.toMilliseconds(),
      breaching: 2,
      of: 3,
    },
    ...(maxConcurrency === undefined
      ? []
      : [
          {
            ...common,
            subject: `${name}-concurrency`,
            severity: 'ticket',
            means: `${name} has run at its maximum concurrency for a quarter of an hour: what comes waits.`,
            metric: lambda.metric('ConcurrentExecutions', {
              period: Duration.minutes(5),
              statistic: 'Maximum',
            }),
            threshold: Math.ceil(nearLimit * maxConcurrency),
            breaching: 3,
            of: 3,
          } as const,
        ]),
  ];
}
