import { z } from 'zod';
import type { SqsStore } from './stores.ts';

const requestSchema = z.object({ QueueUrl: z.string() });
const answerSchema = z.object({ Messages: z.array(z.object({ ReceiptHandle: z.string() })).optional() });

/**
 * Makes the messages of an answer visible again at once, uncounted: whoever asked for them had gone before they came.
 * A long poll outlives its caller, and would otherwise hide the next message for a whole visibility timeout.
 */
export function returnUndelivered(store: SqsStore, request: unknown, answer: string): void {
  const { QueueUrl } = requestSchema.parse(request);
  const { Messages = [] } = answerSchema.parse(JSON.parse(answer));
  const queue = store.getQueue(QueueUrl);
  if (queue === undefined) return;
  for (const { ReceiptHandle } of Messages) {
    const held = queue.inflightMessages.get(ReceiptHandle);
    if (held === undefined) continue;
    held.message.approximateReceiveCount -= 1;
    queue.changeVisibility(ReceiptHandle, 0);
  }
}
