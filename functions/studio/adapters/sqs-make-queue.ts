import { sendMessage } from '../../kernel/send-message.ts';
import type { MakeQueue } from '../domain/edit-ports.ts';

/** SQS keeps a message back for a quarter of an hour at most. */
const longestDelaySeconds = 900;

export function createMakeQueue(queueUrl: string): MakeQueue {
  return {
    send: (message, afterMs = 0) =>
      sendMessage({
        queueUrl,
        body: JSON.stringify(message),
        delaySeconds: Math.min(longestDelaySeconds, Math.ceil(afterMs / 1000)),
      }),
  };
}
