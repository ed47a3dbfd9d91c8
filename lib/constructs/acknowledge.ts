import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Accepts one finding of cdk-nag on one construct.
 * @param rule without the pack's name, like `IAM5[Resource::*]`
 * @param reason why it is right here: it must convince an auditor who has not seen the code
 */
export function acknowledge(construct: IConstruct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
}

/** The finding that a role uses AWS' managed policy for writing logs. */
export const basicExecutionRole =
  'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]';
