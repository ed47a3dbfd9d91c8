import * as z from 'zod';

/** `render`, `accept-upload`: the names of services, functions, queues, promises. */
const kebab = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u, 'write it in kebab case, like pictures-in-time');
/** What people read. */
const sentence = z.string().regex(/^\S.{8,}[.!?]$/su, 'write a whole sentence');
const semver = z.string().regex(/^\d+\.\d+\.\d+$/u, 'write a version like 1.0.0');
const date = z.iso.date();

/**
 * As CloudWatch writes them: `Sum`, `p99`, `TC(:30000)` (how many values were at most 30 000), `PR(:300)` (their percentage).
 * Source: CloudWatch user guide, "CloudWatch statistics definitions".
 */
const statistic = z
  .string()
  .regex(
    /^(Sum|Average|Minimum|Maximum|SampleCount|(p|tm)\d{1,2}(\.\d+)?|(TC|PR)\(\d*(\.\d+)?:\d*(\.\d+)?\))$/u,
    'give a statistic of CloudWatch, like Sum, p99 or TC(:30000)',
  );

/** One metric over time: of the service's own namespace `Fanfare/<service>`, or AWS's of a resource of the service, by the name its construct has. */
const metricReference = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('service'), metric: z.string().regex(/^[A-Z]\w+$/u), statistic }),
  z.strictObject({
    of: z.literal('function'),
    name: kebab,
    metric: z.enum(['Invocations', 'Errors', 'Throttles', 'Duration', 'ConcurrentExecutions']),
    statistic,
  }),
  z.strictObject({
    of: z.literal('queue'),
    name: kebab,
    metric: z.enum([
      'ApproximateNumberOfMessagesVisible',
      'ApproximateAgeOfOldestMessage',
      'NumberOfMessagesSent',
      'NumberOfMessagesReceived',
      'NumberOfMessagesDeleted',
    ]),
    statistic,
  }),
  z.strictObject({
    of: z.literal('dead-letters'),
    name: kebab,
    metric: z.enum(['ApproximateNumberOfMessagesVisible', 'NumberOfMessagesReceived']),
    statistic,
  }),
  z.strictObject({
    of: z.literal('api'),
    metric: z.enum(['Count', '4xx', '5xx', 'Latency', 'IntegrationLatency']),
    statistic,
  }),
  z.strictObject({
    of: z.literal('cache'),
    metric: z.enum(['TotalCmdsCount', 'ThrottledCmds', 'BytesUsedForCache', 'ElastiCacheProcessingUnits']),
    statistic,
  }),
]);
export type MetricReference = z.infer<typeof metricReference>;

/** Metric math of CloudWatch over the names in `metrics`. */
const expression = z.string().min(1);

const ratio = z.strictObject({
  kind: z.literal('ratio'),
  metrics: z.record(z.string().regex(/^[a-z]\w*$/u, 'begin with a lower-case letter'), metricReference),
  /** How many of `total` were as promised. */
  good: expression,
  total: expression,
});

const bound = z.strictObject({
  kind: z.literal('bound'),
  metrics: z.record(z.string().regex(/^[a-z]\w*$/u, 'begin with a lower-case letter'), metricReference),
  value: expression,
  /** How much happened: below the minimum the value says nothing. */
  total: expression,
  unit: z.string().min(1),
});

const servicePromise = z.strictObject({
  id: kebab,
  statement: sentence,
  /** The functions that keep it: every function with a route is in at least one promise. Empty when resources alone keep it. */
  functions: z.array(kebab),
  measure: z.discriminatedUnion('kind', [ratio, bound]),
  /** For a ratio the least part, from 0 to 1; for a bound the most, in its unit, of every quarter of an hour. */
  objective: z.union([
    z.strictObject({ atLeast: z.number().gt(0).lt(1) }),
    z.strictObject({ atMost: z.number().nonnegative() }),
  ]),
  /** Over which the objective is meant, in days. */
  windowDays: z.int().min(1).max(90),
  /** When the promise holds, a sentence each. */
  conditions: z.array(sentence),
  whenBroken: z.strictObject({ consumerSees: sentence, consumerShould: sentence }),
  /** Fewer than so many in the window that is looked at, and the answer is unknown. */
  minimumTraffic: z.int().min(1),
});
export type ServicePromise = z.infer<typeof servicePromise>;

const dependency = z.strictObject({
  on: z.union([
    z.strictObject({ service: kebab, promise: kebab }),
    /** Somebody outside, like `Amazon S3` or `PagerDuty`. */
    z.strictObject({ provider: z.string().min(2) }),
  ]),
  /** What happens to our promises when theirs is broken. */
  whenBroken: sentence,
  /** What steps in. Empty means that nothing does, which `singlePointOfFailure` must then explain. */
  alternatives: z.array(
    z.strictObject({ kind: z.enum(['second-provider', 'cache', 'degraded-answer', 'retry']), how: sentence }),
  ),
  /** Why it is right to stand on this one alone. @default there are alternatives */
  singlePointOfFailure: sentence.optional(),
});
export type Dependency = z.infer<typeof dependency>;

/** A place in the AWS console, in this repository or on the site, whose address follows from stage, region and service. */
const place = z.discriminatedUnion('kind', [
  /** CloudWatch Logs Insights on one function's log; `filter` is its filter clause. */
  z.strictObject({ kind: z.literal('logs'), function: kebab, filter: z.string().optional() }),
  z.strictObject({ kind: z.literal('access-log'), filter: z.string().optional() }),
  z.strictObject({ kind: z.literal('queue'), name: kebab }),
  z.strictObject({ kind: z.literal('dead-letters'), name: kebab }),
  z.strictObject({ kind: z.literal('function'), name: kebab }),
  z.strictObject({ kind: z.literal('dashboard') }),
  z.strictObject({ kind: z.literal('cache') }),
  /** The health of AWS itself. */
  z.strictObject({ kind: z.literal('aws-health') }),
]);
export type Place = z.infer<typeof place>;

const checklist = z.strictObject({
  /** Subjects of alarms, `render-errors`; `*` stands for any letters. */
  alarms: z.array(z.string().regex(/^[a-z*][a-z0-9*-]*$/u)).min(1),
  /** What to look at first, in order. */
  steps: z.array(z.strictObject({ look: sentence, at: place.optional() })).min(1),
});
export type Checklist = z.infer<typeof checklist>;

/** What one service promises, to whom, on which conditions, and on whose promises it depends. Everything that watches the service is derived from it. */
export const promiseDocumentSchema = z.strictObject({
  service: kebab,
  /** What people know the service by. */
  product: z.string().min(2),
  /** A name in lib/teams.ts. */
  team: kebab,
  version: semver,
  /** Every version, newest first, with what changed. A promise may be weakened or withdrawn only in a new one. */
  changes: z.array(z.strictObject({ version: semver, date, what: sentence })).min(1),
  description: sentence,
  promises: z.array(servicePromise),
  dependsOn: z.array(dependency),
  /** What it asks of its consumers, and what happens to who asks for more. */
  expects: z.array(z.strictObject({ of: z.string().min(2), what: sentence, otherwise: sentence })),
  checklist: z.array(checklist),
});
export type PromiseDocument = z.infer<typeof promiseDocumentSchema>;
