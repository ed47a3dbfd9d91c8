import { mayHaveMessage, untilMessage } from './long-poll.ts';
import type { SqsQueue, SqsStore } from './stores.ts';

type Received = ReturnType<SqsQueue['dequeue']>[number];

/** A message with all its attributes. Binary values are in base64, as on the wire. */
export interface QueueMessage extends Omit<Received, 'Attributes'> {
  readonly Attributes: Readonly<Record<string, string>>;
}

/** What Lambda's pollers do with a queue, in the stage's own process: as HTTP requests of the stage to itself it would cost as much as a small function. */
export interface QueueConsumer {
  readonly url: string;
  /** As ReceiveMessage: waits up to `waitMs` for the first message; comes back without any when `signal` aborts. */
  receive(count: number, waitMs: number, signal: AbortSignal): Promise<QueueMessage[]>;
  /** As DeleteMessageBatch: at most ten. A message that is hidden no more is not deleted, and comes again. */
  delete(receiptHandles: readonly string[]): void;
  /** Makes a message visible at once. False when it is visible already: its time-out was faster. */
  release(receiptHandle: string): boolean;
}

/** @param count takes each call that SQS would bill */
export function consumeQueue(store: SqsStore, url: string, count: () => void): QueueConsumer {
  const theQueue = (): SqsQueue => {
    const queue = store.getQueue(url);
    if (queue === undefined) {
      throw new Error(`There is no queue ${url}.`);
    }
    return queue;
  };
  return {
    url,
    receive: async (most, waitMs, signal) => {
      count();
      const deadline = performance.now() + waitMs;
      for (;;) {
        if (signal.aborted) {
          return [];
        }
        const queue = theQueue();
        const leftMs = deadline - performance.now();
        if (leftMs <= 0 || mayHaveMessage(queue)) {
          const messages = queue.dequeue(most, undefined, (arn) => store.getQueueByArn(arn));
          if (leftMs <= 0 || messages.length > 0) {
            return messages.map((message) => withAttributes(message, queue));
          }
        }
        await untilMessage(queue, leftMs, signal);
      }
    },
    delete: (receiptHandles) => {
      count();
      for (const receiptHandle of receiptHandles) {
        theQueue().deleteMessage(receiptHandle);
      }
    },
    release: (receiptHandle) => {
      count();
      const queue = theQueue();
      const isHidden = queue.inflightMessages.has(receiptHandle);
      queue.changeVisibility(receiptHandle, 0);
      return isHidden;
    },
  };
}

/** Source: Amazon SQS API reference, "ReceiveMessage", `MessageSystemAttributeNames`. */
function withAttributes(received: Received, queue: SqsQueue): QueueMessage {
  const message = queue.inflightMessages.get(received.ReceiptHandle)?.message;
  const attributes: Readonly<Record<string, string | number | undefined>> = {
    SenderId: queue.arn.split(':')[4],
    SentTimestamp: message?.sentTimestamp,
    ApproximateReceiveCount: message?.approximateReceiveCount,
    ApproximateFirstReceiveTimestamp: message?.approximateFirstReceiveTimestamp,
    MessageGroupId: message?.messageGroupId,
    MessageDeduplicationId: message?.messageDeduplicationId,
    SequenceNumber: message?.sequenceNumber,
  };
  return {
    ...received,
    Attributes: Object.fromEntries(
      Object.entries(attributes).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      ),
    ),
  };
}
