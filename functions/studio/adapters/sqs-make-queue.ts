import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { MakeQueue } from '../domain/edit-ports.ts';

const sqs = new SQSClient({});

/** SQS keeps a message back for a quarter of an hour at most. */
const longestDelaySeconds = 900;

export function createMakeQueue(queueUrl: string): MakeQueue {
  return {
    send: async (message, afterMs = 0) => {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify(message),
          DelaySeconds: Math.min(longestDelaySeconds, Math.ceil(afterMs / 1000)),
        }),
      );
    },
  };
}
