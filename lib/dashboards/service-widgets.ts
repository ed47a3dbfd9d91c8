import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  TextWidget,
  TextWidgetBackground,
  type VerticalAnnotation,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { ServicePromise } from '../../functions/contracts/promise.ts';
import type { ServiceAlarms } from '../alarms/service-alarms.ts';
import type { ServiceResources } from '../alarms/service-resources.ts';
import type { OwnedFunction } from '../constructs/owned-function.ts';
import prices from '../prices.json' with { type: 'json' };
import { objectiveInWords } from '../../functions/contracts/objective-in-words.ts';

const period = Duration.minutes(5);
const width = 24;

/** What is shown of one service: promises first, then what happens, what fails, how long it takes, what waits, what it costs. A row an element. */
export function serviceWidgets(
  { service, resources, alarms, composites }: ServiceAlarms,
  deployments: readonly VerticalAnnotation[],
): IWidget[][] {
  const graph = (title: string, metrics: readonly IMetric[], label: string): GraphWidget[] =>
    metrics.length === 0
      ? []
      : [
          new GraphWidget({
            title,
            width: width / 3,
            height: 6,
            left: [...metrics],
            leftYAxis: { label, showUnits: false, min: 0 },
            verticalAnnotations: [...deployments],
            liveData: true,
          }),
        ];
  const promiseRows = service.promises.map((promise) => promiseRow(promise, resources, deployments));
  return [
    [
      new TextWidget({
        width,
        height: 2,
        background: TextWidgetBackground.TRANSPARENT,
        markdown: `# ${service.product}\n${service.description} Owned by **${service.team}**; promises of version ${service.version}.`,
      }),
    ],
    [
      new AlarmStatusWidget({
        title: `${service.product}: what people are told`,
        width: width / 3,
        height: 4,
        alarms: [...composites],
      }),
      new AlarmStatusWidget({
        title: `${service.product}: evidence`,
        width: (2 * width) / 3,
        height: 4,
        alarms: alarms.map(({ alarm }) => alarm),
      }),
    ],
    ...promiseRows,
    [
      ...graph('Traffic', traffic(resources), 'per 5 minutes'),
      ...graph('Errors', errors(resources), 'per 5 minutes'),
      ...graph('Latency, p99', latencies(resources), 'milliseconds'),
      ...graph('Queues', queues(resources), 'messages'),
      ...graph('Cost of Lambda, a day', costs(resources), 'US dollars'),
    ],
  ].filter((row) => row.length > 0);
}

function promiseRow(
  promise: ServicePromise,
  resources: ServiceResources,
  deployments: readonly VerticalAnnotation[],
): IWidget[] {
  const { measure, objective, minimumTraffic } = promise;
  const hour = Duration.hours(1);
  const graph =
    measure.kind === 'ratio'
      ? resources.math(
          `IF((${measure.total}) >= ${minimumTraffic}, 100 * (${measure.good}) / (${measure.total}))`,
          measure.metrics,
          hour,
          'Kept, % of each hour',
        )
      : resources.math(
          `IF((${measure.total}) >= ${minimumTraffic}, ${measure.value})`,
          measure.metrics,
          hour,
          measure.unit,
        );
  const limit = 'atLeast' in objective ? 100 * objective.atLeast : objective.atMost;
  return [
    new TextWidget({
      width: width / 3,
      height: 5,
      markdown: `### ${promise.statement}\n**${objectiveInWords(promise)}**\n\nBroken, a consumer sees: ${promise.whenBroken.consumerSees} No line: too little traffic to know.`,
    }),
    new GraphWidget({
      title: promise.id,
      width: (2 * width) / 3,
      height: 5,
      left: [graph],
      leftYAxis: { showUnits: false, ...('atLeast' in objective ? { max: 100 } : { min: 0 }) },
      leftAnnotations: [{ value: limit, label: 'promised' }],
      verticalAnnotations: [...deployments],
    }),
  ];
}

const traffic = ({ apis, functions }: ServiceResources): IMetric[] => [
  ...apis.map(({ api }) => api.metricCount({ period, statistic: 'Sum', label: 'requests' })),
  ...functions.map(({ lambda, name }) => lambda.metricInvocations({ period, label: name })),
];

const errors = ({ apis, functions, deadLetters }: ServiceResources): IMetric[] => [
  ...apis.flatMap(({ api }) => [
    api.metricServerError({ period, statistic: 'Sum', label: '5xx' }),
    api.metricClientError({ period, statistic: 'Sum', label: '4xx' }),
  ]),
  ...functions.map(({ lambda, name }) => lambda.metricErrors({ period, label: name })),
  ...deadLetters.map(({ queue, name }) =>
    queue.metricApproximateNumberOfMessagesVisible({
      period,
      statistic: 'Maximum',
      label: `${name} dead letters`,
    }),
  ),
];

const latencies = ({ functions }: ServiceResources): IMetric[] =>
  functions.map(({ lambda, name }) => lambda.metricDuration({ period, statistic: 'p99', label: name }));

const queues = ({ queues: all }: ServiceResources): IMetric[] =>
  all.flatMap(({ queue, name }) => [
    queue.metricApproximateNumberOfMessagesVisible({
      period,
      statistic: 'Maximum',
      label: `${name}: waiting`,
    }),
    queue.metricApproximateAgeOfOldestMessage({
      period,
      statistic: 'Maximum',
      label: `${name}: oldest, seconds`,
    }),
  ]);

/** Time and requests of each function, at list price. */
function costs({ functions }: ServiceResources): IMetric[] {
  const day = Duration.days(1);
  return functions.map(
    ({ lambda, name, memoryMb }: OwnedFunction, index) =>
      new MathExpression({
        expression: `ms${index} * ${((memoryMb / 1024 / 1000) * prices.lambdaArmGbSecond).toFixed(15)} + calls${index} * ${prices.lambdaRequest.toFixed(10)}`,
        label: name,
        period: day,
        usingMetrics: {
          [`ms${index}`]: lambda.metricDuration({ period: day, statistic: 'Sum' }),
          [`calls${index}`]: lambda.metricInvocations({ period: day }),
        },
      }),
  );
}
