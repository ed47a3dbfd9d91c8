import { type Assembly, at, listAt, type Resource } from '../assembly.ts';
import type { Finding } from '../finding.ts';
import type { Synthesized } from '../synthesized.ts';

const queueType = 'AWS::SQS::Queue';

/** What has failed for good goes to a queue of dead letters, and the first that lies there is an alarm. */
export function checkDeadLetters(synthesized: Synthesized): Finding[] {
  const { assembly } = synthesized;
  const deadLetters = deadLettersIn(assembly);
  const watched = watchedQueues(assembly);
  return assembly.ofType(queueType).flatMap((queue): Finding[] => {
    const file = synthesized.fileOf(queue);
    if (!deadLetters.has(queue)) {
      return queue.properties['RedrivePolicy'] === undefined
        ? [
            {
              rule: 'queue-without-dead-letters',
              construct: queue.path,
              problem: `The queue ${queue.path} has no dead-letter queue: a message that always fails comes back until it expires, and is then lost.`,
              mend: `Create it with WorkQueue (lib/constructs/work-queue.ts), or give it a deadLetterQueue in ${file}.`,
            },
          ]
        : [];
    }
    return watched.has(queue)
      ? []
      : [
          {
            rule: 'dead-letters-without-alarm',
            construct: queue.path,
            problem: `No alarm watches how many messages lie in the dead-letter queue ${queue.path}: what failed for good would wait there until it expires, and nobody would know.`,
            mend: `Create it with DeadLetters (lib/constructs/dead-letters.ts), which ServiceAlarms (lib/alarms/service-alarms.ts) watch, or add an alarm on its ApproximateNumberOfMessagesVisible, and on nothing else, in ${file}.`,
          },
        ];
  });
}

/** A consumer says which messages of a batch failed, and has six of its time-outs before they come back. */
export function checkConsumers(synthesized: Synthesized): Finding[] {
  const { assembly } = synthesized;
  return assembly.ofType('AWS::Lambda::EventSourceMapping').flatMap((source): Finding[] => {
    const queues = assembly
      .targetsOf(source, source.properties['EventSourceArn'])
      .filter(({ type }) => type === queueType);
    const consumers = assembly.functionsBehind(source, source.properties['FunctionName']);
    const file = synthesized.fileOf(source);
    const found = queues.flatMap((queue) =>
      consumers.flatMap((consumer) => shortVisibility(queue, consumer, file)),
    );
    if (
      queues.length > 0 &&
      !listAt(source.properties, 'FunctionResponseTypes').includes('ReportBatchItemFailures')
    ) {
      found.push({
        rule: 'event-source-without-partial-failures',
        construct: source.path,
        problem: `The event source ${source.path} does not report failures by message: one bad message sends its whole batch back, what was done already too.`,
        mend: `Create the queue with WorkQueue (lib/constructs/work-queue.ts), or set reportBatchItemFailures of the event source in ${file}.`,
      });
    }
    return found;
  });
}

/** SQS makes a message visible again after 30 seconds when a queue says nothing. */
const defaultVisibility = 30;
/** Lambda's own, when a function says nothing. */
const defaultTimeout = 3;

function shortVisibility(queue: Resource, consumer: Resource, file: string): Finding[] {
  const visible = Number(queue.properties['VisibilityTimeout'] ?? defaultVisibility);
  const timeout = Number(consumer.properties['Timeout'] ?? defaultTimeout);
  return visible >= 6 * timeout
    ? []
    : [
        {
          rule: 'visibility-shorter-than-six-timeouts',
          construct: queue.path,
          problem: `A message of the queue ${queue.path} comes back after ${visible} s, though its consumer ${consumer.path} may take ${timeout} s a try: it would be worked on twice at once.`,
          mend: `Create it with WorkQueue (lib/constructs/work-queue.ts), or give it a visibilityTimeout of at least ${6 * timeout} s (six time-outs, as AWS advises) in ${file}.`,
        },
      ];
}

/** The queues to which something is set aside: by another queue, a function, a subscription, a rule or a schedule. */
function deadLettersIn(assembly: Assembly): ReadonlySet<Resource> {
  const from = (type: string, ...path: readonly string[]): Resource[] =>
    assembly.ofType(type).flatMap((each) => assembly.targetsOf(each, at(each.properties, ...path)));
  const ofRules = assembly
    .ofType('AWS::Events::Rule')
    .flatMap((rule) =>
      listAt(rule.properties, 'Targets').flatMap((target) =>
        assembly.targetsOf(rule, at(target, 'DeadLetterConfig')),
      ),
    );
  return new Set(
    [
      ...from(queueType, 'RedrivePolicy', 'deadLetterTargetArn'),
      ...from('AWS::SNS::Subscription', 'RedrivePolicy'),
      ...from('AWS::Lambda::EventInvokeConfig', 'DestinationConfig', 'OnFailure'),
      ...from('AWS::Lambda::EventSourceMapping', 'DestinationConfig', 'OnFailure'),
      ...from('AWS::Lambda::Function', 'DeadLetterConfig'),
      ...from('AWS::Scheduler::Schedule', 'Target', 'DeadLetterConfig'),
      ...ofRules,
    ].filter(({ type }) => type === queueType),
  );
}

/** The queues of which an alarm measures, alone and by itself, how many messages lie in them. */
function watchedQueues(assembly: Assembly): ReadonlySet<Resource> {
  return new Set(
    assembly.ofType('AWS::CloudWatch::Alarm').flatMap((alarm) => {
      const metrics = metricsOf(alarm);
      const queues = new Set(
        metrics.flatMap((metric) =>
          listAt(metric, 'Dimensions').flatMap((dimension) =>
            assembly.targetsOf(alarm, at(dimension, 'Value')),
          ),
        ),
      );
      const counts = metrics.some(
        (metric) => at(metric, 'MetricName') === 'ApproximateNumberOfMessagesVisible',
      );
      const [queue, ...others] = queues;
      return counts && queue !== undefined && others.length === 0 ? [queue] : [];
    }),
  );
}

/** The metrics of an alarm, whichever way they are written. */
function metricsOf({ properties }: Resource): unknown[] {
  return properties['MetricName'] === undefined
    ? listAt(properties, 'Metrics').flatMap((each) => at(each, 'MetricStat', 'Metric') ?? [])
    : [properties];
}
