import { CfnOutput, type Duration, Stack } from 'aws-cdk-lib';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Construct } from 'constructs';
import { DeadLetters } from './dead-letters.ts';
import type { OwnedFunction } from './owned-function.ts';
import { pascalCase } from './pascal-case.ts';

export interface AsyncRetriesProps {
  readonly fn: OwnedFunction;
  /** How long Lambda keeps trying while the function is throttled or fails, at most 6 hours. */
  readonly maxEventAge: Duration;
}

/** For a function that is invoked asynchronously (by S3, a schedule, a bus): two retries, then the event is set aside with what went wrong. */
export class AsyncRetries extends Construct {
  constructor(scope: Construct, id: string, props: AsyncRetriesProps) {
    super(scope, id);
    const { name, lambda } = props.fn;
    const deadLetters = new DeadLetters(this, 'DeadLetters', { name, failing: props.fn });
    lambda.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: props.maxEventAge,
      onFailure: new SqsDestination(deadLetters.queue),
    });
    new CfnOutput(Stack.of(this), `${pascalCase(name)}FunctionName`, { value: lambda.functionName });
  }
}
