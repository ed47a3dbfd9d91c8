import { type AwsEnvironment, awsEnvironment } from './aws-environment.ts';
import { jsonErrorOf } from './aws-json-error.ts';
import { type AwsRequester, createAwsRequester } from './aws-request.ts';

export interface OutgoingMessage {
  readonly queueUrl: string;
  readonly body: string;
  /** How long SQS keeps it back, in whole seconds up to 900. @default the queue's own delay */
  readonly delaySeconds?: number;
}

let service: { readonly environment: AwsEnvironment; readonly request: AwsRequester } | undefined;

function openService() {
  const environment = awsEnvironment();
  return {
    environment,
    request: createAwsRequester({ service: 'sqs', environment, errorOf: jsonErrorOf('SQS') }),
  };
}

/**
 * Sends one message to an SQS queue, as every AwsRequester does: one that is retried may come twice. What is sent cannot change on its way, for the signature
 * covers it. Source: Amazon SQS API reference, "SendMessage" over the AWS JSON protocol.
 */
export async function sendMessage({ queueUrl, body, delaySeconds }: OutgoingMessage): Promise<void> {
  service ??= openService();
  await service.request({
    method: 'POST',
    hostname: new URL(service.environment.endpoints.sqs ?? queueUrl).hostname,
    path: '/',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
    body: JSON.stringify({ QueueUrl: queueUrl, MessageBody: body, DelaySeconds: delaySeconds }),
  });
}
