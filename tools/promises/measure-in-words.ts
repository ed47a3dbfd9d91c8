import type { MetricReference, ServicePromise } from '../../functions/contracts/promise.ts';

type Measure = ServicePromise['measure'];

/** What is counted and compared, for people who do not read metric math. */
export function measureInWords(measure: Measure): string {
  const { metrics } = measure;
  return measure.kind === 'ratio'
    ? `${expressionInWords(measure.good, metrics)}, out of ${expressionInWords(measure.total, metrics)}`
    : expressionInWords(measure.value, metrics);
}

/** What must have happened often enough for an answer. */
export function trafficInWords({ total, metrics }: Measure): string {
  return expressionInWords(total, metrics);
}

/** `commands - throttled` as “commands to the cache minus commands that the cache throttled”; what is more than a sum stays metric math. */
function expressionInWords(expression: string, metrics: Measure['metrics']): string {
  const tokens = expression.split(/\s+/u);
  const words = tokens.map((token) => {
    const metric = Object.hasOwn(metrics, token) ? metrics[token] : undefined;
    return metric === undefined ? operators.get(token) : metricInWords(metric);
  });
  return words.every((word) => word !== undefined) ? words.join(' ') : `\`${expression}\``;
}

const operators = new Map([
  ['+', 'plus'],
  ['-', 'minus'],
]);

/** `how many values of JobDuration were at most 30 000`. */
function metricInWords(metric: MetricReference): string {
  switch (metric.of) {
    case 'service':
      return valuesInWords(`\`${metric.metric}\``, metric.statistic);
    case 'function':
      return amount(functionWords[metric.metric](metric.name), metric);
    case 'queue':
      return amount(queueWords[metric.metric](`the queue \`${metric.name}\``), metric);
    case 'dead-letters':
      return amount(queueWords[metric.metric](`the dead letters of \`${metric.name}\``), metric);
    case 'api':
      return amount(apiWords[metric.metric], metric);
    case 'cache':
      return amount(cacheWords[metric.metric], metric);
  }
}

/** `counted` says how many there were in a time, which is the sum of it; `measured` is a size at an instant. */
interface Words {
  readonly what: string;
  readonly is: 'counted' | 'measured';
}

function amount({ what, is }: Words, { statistic }: MetricReference): string {
  return is === 'counted' && statistic === 'Sum' ? what : valuesInWords(what, statistic);
}

function valuesInWords(what: string, statistic: string): string {
  const range = /^(?<kind>TC|PR)\((?<from>[\d.]*):(?<to>[\d.]*)\)$/u.exec(statistic)?.groups;
  if (range !== undefined) {
    const part = range['kind'] === 'TC' ? 'the number' : 'the percentage';
    return `${part} of values of ${what} ${rangeInWords(range['from'] ?? '', range['to'] ?? '')}`;
  }
  const named = statistics.get(statistic);
  if (named !== undefined) {
    return `${named} ${what}`;
  }
  const [, kind, percentile] = /^(p|tm)([\d.]+)$/u.exec(statistic) ?? [];
  return kind === 'p'
    ? `the value that ${percentile} % of ${what} stay under`
    : `the average of the lowest ${percentile} % of ${what}`;
}

const statistics = new Map([
  ['Sum', 'the sum of'],
  ['Average', 'the average of'],
  ['Minimum', 'the least'],
  ['Maximum', 'the most'],
  ['SampleCount', 'the number of values of'],
]);

function rangeInWords(from: string, to: string): string {
  if (from === '') {
    return `that are at most ${grouped(to)}`;
  }
  return to === '' ? `above ${grouped(from)}` : `above ${grouped(from)} and at most ${grouped(to)}`;
}

/** `30 000`, with narrow spaces that do not break. */
function grouped(digits: string): string {
  return digits.replaceAll(/(?<=\d)(?=(?:\d{3})+(?:\.|$))/gu, '\u{202f}');
}

const counted = (what: string): Words => ({ what, is: 'counted' });
const measured = (what: string): Words => ({ what, is: 'measured' });

const functionWords = {
  Invocations: (name) => counted(`runs of \`${name}\``),
  Errors: (name) => counted(`runs of \`${name}\` that failed`),
  Throttles: (name) => counted(`runs of \`${name}\` that were throttled`),
  Duration: (name) => measured(`milliseconds that \`${name}\` ran`),
  ConcurrentExecutions: (name) => measured(`runs of \`${name}\` at the same time`),
} as const satisfies Record<Extract<MetricReference, { of: 'function' }>['metric'], (name: string) => Words>;

const queueWords = {
  ApproximateNumberOfMessagesVisible: (where) => measured(`messages waiting in ${where}`),
  ApproximateAgeOfOldestMessage: (where) => measured(`seconds that the oldest message has been in ${where}`),
  NumberOfMessagesSent: (where) => counted(`messages sent to ${where}`),
  NumberOfMessagesReceived: (where) => counted(`messages received from ${where}`),
  NumberOfMessagesDeleted: (where) => counted(`messages deleted from ${where}`),
} as const satisfies Record<
  Extract<MetricReference, { of: 'queue' | 'dead-letters' }>['metric'],
  (where: string) => Words
>;

const apiWords = {
  Count: counted('requests to the API'),
  '4xx': counted('requests that the API answered with 4xx'),
  '5xx': counted('requests that the API answered with 5xx'),
  Latency: measured('milliseconds until the API answered'),
  IntegrationLatency: measured('milliseconds that functions of the API took'),
} as const satisfies Record<Extract<MetricReference, { of: 'api' }>['metric'], Words>;

const cacheWords = {
  TotalCmdsCount: counted('commands to the cache'),
  ThrottledCmds: counted('commands that the cache throttled'),
  BytesUsedForCache: measured('bytes in the cache'),
  ElastiCacheProcessingUnits: measured('processing units that commands to the cache took'),
} as const satisfies Record<Extract<MetricReference, { of: 'cache' }>['metric'], Words>;
