import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { pascalCase } from './pascal-case.ts';
import { alarmPeriod, RunbookAlarm } from './runbook-alarm.ts';

export interface DeadLettersProps {
  /** Of the queue or function whose failures these are: what `npm run redrive` calls it. */
  readonly name: string;
  /** What people notice while something lies here, in one sentence. */
  readonly impact: string;
  readonly alarmTopic: ITopic;
}

/** Work that failed too often, kept for 14 days to be looked at and redriven. One message is enough for an alarm. */
export class DeadLetters extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: DeadLettersProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this.queue, 'SQS3', 'This is a dead-letter queue: it has no consumer that could fail.');
    new RunbookAlarm(this, 'Arrived', {
      name: `${props.name}-dead-letters`,
      impact: props.impact,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        period: alarmPeriod,
        statistic: 'Maximum',
      }),
      threshold: 1,
      topic: props.alarmTopic,
    });
    const stack = Stack.of(this);
    new CfnOutput(stack, `${pascalCase(props.name)}DeadLettersUrl`, { value: this.queue.queueUrl });
    new CfnOutput(stack, `${pascalCase(props.name)}DeadLettersArn`, { value: this.queue.queueArn });
  }
}
