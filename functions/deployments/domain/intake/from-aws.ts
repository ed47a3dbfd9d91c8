import { alarmSchema, fromAlarm } from './aws-alarms.ts';
import { codeDeploySchema, fromCodeDeploy } from './aws-codedeploy.ts';
import type { AwsEvent } from './aws-event.ts';
import { fromLambdaCall, lambdaCallSchema } from './aws-lambda-calls.ts';
import { fromStack, stackSchema } from './aws-stacks.ts';
import type { DirectoryIndex } from './directory-index.ts';
import type { CodeDeployments } from './ports.ts';
import { readPayload, type Translated } from './translation.ts';

/**
 * What AWS itself tells by EventBridge of deployments and incidents.
 * Source: CloudWatch, CloudFormation, CodeDeploy and CloudTrail user guides, each on its EventBridge events.
 *
 * @throws UnreadablePayload, and what `deployments` throws
 */
export async function fromAws(
  event: AwsEvent,
  directory: DirectoryIndex,
  deployments: CodeDeployments,
): Promise<Translated> {
  switch (event['detail-type']) {
    case 'CloudWatch Alarm State Change':
      return fromAlarm(event, readPayload(alarmSchema, event.detail), directory);
    case 'CloudFormation Stack Status Change':
      return fromStack(event, readPayload(stackSchema, event.detail), directory);
    case 'CodeDeploy Deployment State-change Notification':
      return fromCodeDeploy(event, readPayload(codeDeploySchema, event.detail), directory, deployments);
    case 'AWS API Call via CloudTrail':
      return fromLambdaCall(event, readPayload(lambdaCallSchema, event.detail), directory);
    default:
      return { ignored: `Nothing follows from ${event['detail-type']}.` };
  }
}
