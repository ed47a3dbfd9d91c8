import { MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ServiceApi } from '../constructs/service-api.ts';
import { alarmPeriod } from './alarm-period.ts';
import type { AlarmPlan } from './service-alarm.ts';

const failingPercent = 5;
/** Below so many requests a minute one failure would be too large a part; the burn rates of promises see it then. */
const enoughToFail = 20;
const refusedPercent = 50;
const enoughToRefuse = 100;
const slowMs = 3000;

/** What is watched of every HTTP API. API Gateway reports nothing about minutes without requests. */
export function apiAlarms({ api, promptFunctions }: ServiceApi, promises: readonly string[]): AlarmPlan[] {
  const common = { promises, missing: TreatMissingData.NOT_BREACHING } as const;
  const sum = { period: alarmPeriod, statistic: 'Sum' };
  const part = (metric: '4xx' | '5xx', enough: number, label: string): MathExpression =>
    new MathExpression({
      expression: `IF(requests >= ${enough}, 100 * answers / requests, 0)`,
      label,
      period: alarmPeriod,
      usingMetrics: {
        requests: api.metricCount(sum),
        answers: metric === '5xx' ? api.metricServerError(sum) : api.metricClientError(sum),
      },
    });
  return [
    {
      ...common,
      subject: 'api-failures',
      severity: 'page',
      means: `For three minutes at least ${failingPercent} % of the API’s answers have been failures of ours (5xx).`,
      metric: part('5xx', enoughToFail, 'Failed answers, %'),
      threshold: failingPercent,
      breaching: 3,
      of: 3,
    },
    {
      ...common,
      subject: 'api-refusals',
      severity: 'ticket',
      means: `For a quarter of an hour at least ${refusedPercent} % of the API’s answers have been refusals (4xx): a client or a page of ours asks wrongly.`,
      metric: part('4xx', enoughToRefuse, 'Refused requests, %'),
      threshold: refusedPercent,
      breaching: 15,
      of: 15,
    },
    ...(promptFunctions.length === 0
      ? []
      : [
          {
            ...common,
            subject: 'api-latency',
            severity: 'page',
            means: `For three minutes a tenth of the API’s answers have taken longer than ${slowMs / 1000} seconds.`,
            // The API’s own latency has long polls in it, which are slow on purpose.
            metric: new MathExpression({
              expression: `MAX([${promptFunctions.map((_, index) => `ms${index}`).join(', ')}])`,
              label: 'Slowest function, p90, ms',
              period: alarmPeriod,
              usingMetrics: Object.fromEntries(
                promptFunctions.map(({ lambda }, index) => [
                  `ms${index}`,
                  lambda.metricDuration({ period: alarmPeriod, statistic: 'p90' }),
                ]),
              ),
            }),
            threshold: slowMs,
            breaching: 3,
            of: 3,
          } as const,
        ]),
  ];
}
