import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetters } from './dead-letters.ts';
import type { OwnedFunction } from './owned-function.ts';
import { pascalCase } from './pascal-case.ts';

export interface WorkQueueProps {
  /** What `npm run redrive` calls it. */
  readonly name: string;
  readonly consumer: OwnedFunction;
  /** Whether the messages of one group come one after another, in their order. @default in any order, all at the same time */
  readonly inGroups?: boolean;
  /** Messages an invocation. */
  readonly batchSize: number;
  /** Invocations at the same time, 2 to 1000. It bounds the consumer without sending good messages to the dead letters, as reserved concurrency would. */
  readonly maxConcurrency: number;
  /** A message that has waited so long breaks what was promised. */
  readonly maxWait: Duration;
  /** So many waiting messages are more than is worked off in a while. */
  readonly maxBacklog: number;
}

/** Tries before a message is set aside: AWS advises at least five for a Lambda consumer. */
const maxReceiveCount = 5;

/** FIFO in high throughput: what is sent twice within five minutes is taken once in its group, and groups do not wait for each other. */
const groups = {
  fifo: true,
  deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
  fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
} as const;

/** A queue with its consumer and its dead letters. A message is invisible for six of the consumer's time-outs, as AWS advises. */
export class WorkQueue extends Construct {
  readonly name: string;
  readonly consumer: OwnedFunction;
  readonly maxWait: Duration;
  readonly maxBacklog: number;
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    this.name = props.name;
    this.consumer = props.consumer;
    this.maxWait = props.maxWait;
    this.maxBacklog = props.maxBacklog;
    const inGroups = props.inGroups === true;
    const deadLetters = new DeadLetters(this, 'DeadLetters', {
      name: props.name,
      failing: props.consumer,
      inGroups,
    });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      ...(inGroups ? groups : {}),
      visibilityTimeout: Duration.seconds(6 * props.consumer.timeout.toSeconds()),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: deadLetters.queue, maxReceiveCount },
    });
    props.consumer.lambda.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: props.batchSize,
        maxConcurrency: props.maxConcurrency,
        reportBatchItemFailures: true,
      }),
    );
    props.consumer.limitConcurrency(props.maxConcurrency);
    new CfnOutput(Stack.of(this), `${pascalCase(props.name)}QueueUrl`, { value: this.queue.queueUrl });
  }

  /** Lets a function send messages. */
  allowSending(fn: OwnedFunction): void {
    fn.grant(['sqs:SendMessage'], [this.queue.queueArn]);
  }
}
