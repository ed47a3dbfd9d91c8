import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { RenderQueue } from '../domain/ports.ts';

const sqs = new SQSClient({ cacheMiddleware: true });

export function createRenderQueue(queueUrl: string): RenderQueue {
  return {
    send: async (message) => {
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
    },
  };
}
