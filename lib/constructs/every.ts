import type { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { OwnedFunction } from './owned-function.ts';

export interface EveryProps {
  readonly fn: OwnedFunction;
  readonly interval: Duration;
}

/** Invokes a function again and again. A tick that fails is not tried again and not kept: it says nothing that the next one does not say. */
export class Every extends Construct {
  constructor(scope: Construct, id: string, { fn, interval }: EveryProps) {
    super(scope, id);
    fn.lambda.configureAsyncInvoke({ retryAttempts: 0 });
    new Rule(this, 'Rule', {
      description: `Invokes ${fn.name}`,
      schedule: Schedule.rate(interval),
      targets: [new LambdaFunction(fn.lambda)],
    });
  }
}
