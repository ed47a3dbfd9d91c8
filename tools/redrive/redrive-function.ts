import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { parseJson } from '../../functions/kernel/parse-json.ts';

/** What Lambda puts on a failure destination. Source: AWS Lambda developer guide, "Capturing records of asynchronous invocations". */
const failedEventSchema = z.object({ requestPayload: z.json() });

/** Long enough to invoke and delete a whole batch before another reader sees it. */
const visibilitySeconds = 120;

/**
 * Invokes a function again, asynchronously, with every event that failed; an event's record is deleted once Lambda has taken it. An event that fails again
 * comes back as a new record: to end, no more are taken than lay there at the start.
 * @returns how many were invoked. Throws at a record that is none, leaving it and the rest where they are
 */
export async function redriveFunction(
  clients: { readonly sqs: SQSClient; readonly lambda: LambdaClient },
  deadLettersUrl: string,
  functionName: string,
): Promise<number> {
  const atMost = await countMessages(clients.sqs, deadLettersUrl);
  let redriven = 0;
  while (redriven < atMost) {
    const messages = await receive(clients.sqs, deadLettersUrl, atMost - redriven);
    if (messages.length === 0) {
      break;
    }
    for (const message of messages) {
      await clients.lambda.send(
        new InvokeCommand({
          FunctionName: functionName,
          InvocationType: 'Event',
          Payload: payloadOf(message),
        }),
      );
      await clients.sqs.send(
        new DeleteMessageCommand({ QueueUrl: deadLettersUrl, ReceiptHandle: message.ReceiptHandle }),
      );
      redriven += 1;
    }
  }
  return redriven;
}

async function countMessages(sqs: SQSClient, url: string): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
}

async function receive(sqs: SQSClient, url: string, atMost: number): Promise<Message[]> {
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: Math.min(10, atMost),
      VisibilityTimeout: visibilitySeconds,
      WaitTimeSeconds: 1,
    }),
  );
  return Messages ?? [];
}

function payloadOf(message: Message): Uint8Array {
  const parsed = failedEventSchema.safeParse(parseJson(message.Body ?? ''));
  if (!parsed.success) {
    throw new Error(
      `The message ${message.MessageId} is no record of a failed invocation: ${z.prettifyError(parsed.error)}. It stays where it is.`,
    );
  }
  return Buffer.from(JSON.stringify(parsed.data.requestPayload));
}
