import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetters } from './dead-letters.ts';
import type { OwnedFunction } from './owned-function.ts';
import { pascalCase } from './pascal-case.ts';
import { alarmPeriod, RunbookAlarm } from './runbook-alarm.ts';

export interface WorkQueueProps {
  /** What `npm run redrive` calls it. */
  readonly name: string;
  readonly consumer: OwnedFunction;
  /** Messages an invocation. */
  readonly batchSize: number;
  /** Invocations at the same time, 2 to 1000. It bounds the consumer without sending good messages to the dead letters, as reserved concurrency would. */
  readonly maxConcurrency: number;
  /** In alarm when a message has waited so long. */
  readonly maxWait: Duration;
  /** What people notice when messages wait too long, in one sentence. */
  readonly impactOfWaiting: string;
  /** What people notice when a message failed for good, in one sentence. */
  readonly impactOfFailure: string;
  readonly alarmTopic: ITopic;
}

/** Tries before a message is set aside: AWS advises at least five for a Lambda consumer. */
const maxReceiveCount = 5;

/** A queue with its consumer, its dead letters and their alarms. A message is invisible for six of the consumer's time-outs, as AWS advises. */
export class WorkQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const deadLetters = new DeadLetters(this, 'DeadLetters', {
      name: props.name,
      impact: props.impactOfFailure,
      alarmTopic: props.alarmTopic,
    });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
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
    new RunbookAlarm(this, 'Waiting', {
      name: `${props.name}-waiting`,
      impact: props.impactOfWaiting,
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: alarmPeriod, statistic: 'Maximum' }),
      threshold: props.maxWait.toSeconds(),
      minutes: 3,
      topic: props.alarmTopic,
    });
    new CfnOutput(Stack.of(this), `${pascalCase(props.name)}QueueUrl`, { value: this.queue.queueUrl });
  }

  /** Lets a function send messages. */
  allowSending(fn: OwnedFunction): void {
    fn.grant(['sqs:SendMessage'], [this.queue.queueArn]);
  }
}
