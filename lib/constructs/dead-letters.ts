import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { OwnedFunction } from './owned-function.ts';
import { pascalCase } from './pascal-case.ts';
import { OwnedStack } from '../stacks/owned-stack.ts';

export interface DeadLettersProps {
  /** Of the queue or function whose failures these are: what `npm run redrive` calls it. */
  readonly name: string;
  /** The function that failed on them. */
  readonly failing: OwnedFunction;
  /** Whether they come from a FIFO queue: then they lie in one, so that they go back in their order. @default false */
  readonly inGroups?: boolean;
}

/** Work that failed too often, kept for 14 days to be looked at and redriven. */
export class DeadLetters extends Construct {
  readonly name: string;
  readonly failing: OwnedFunction;
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: DeadLettersProps) {
    super(scope, id);
    OwnedStack.owning(this);
    this.name = props.name;
    this.failing = props.failing;
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      ...(props.inGroups === true ? { fifo: true } : {}),
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this.queue, 'SQS3', 'This is a dead-letter queue: it has no consumer that could fail.');
    const stack = Stack.of(this);
    new CfnOutput(stack, `${pascalCase(props.name)}DeadLettersUrl`, { value: this.queue.queueUrl });
    new CfnOutput(stack, `${pascalCase(props.name)}DeadLettersArn`, { value: this.queue.queueArn });
  }
}
