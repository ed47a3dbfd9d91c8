import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SqsQueue, SqsStore } from './stores.ts';

const receiveSchema = z.looseObject({
  QueueUrl: z.string(),
  WaitTimeSeconds: z.int().min(0).max(20).optional(),
});

/**
 * Lets a receive wait in the front and reach fauxqs when there is a message for it, when its time is over, or never when its
 * caller has gone. fauxqs itself answers every waiting receive at the first message, all but one of them with nothing, and
 * keeps receiving for a caller that has gone. `proceed` runs in the turn that has seen the message.
 */
export function waitForMessage(
  store: SqsStore,
  request: FastifyRequest,
  reply: FastifyReply,
  proceed: () => void,
): void {
  const receive = receiveSchema.safeParse(request.body).data;
  const queue = receive === undefined ? undefined : store.getQueue(receive.QueueUrl);
  // What is not well formed is refused by fauxqs; a FIFO queue tells only fauxqs which of its groups are free.
  if (receive === undefined || queue === undefined || queue.isFifo()) return proceed();
  const seconds = receive.WaitTimeSeconds ?? Number(queue.attributes['ReceiveMessageWaitTimeSeconds'] ?? 0);
  request.body = { ...receive, WaitTimeSeconds: 0 };
  const deadline = performance.now() + seconds * 1000;

  const look = (): void => {
    const leftMs = deadline - performance.now();
    if (leftMs <= 0 || mayHaveMessage(queue)) return proceed();
    const stopWaiting = wait(queue, leftMs, () => {
      reply.raw.off('close', stopWaiting);
      look();
    });
    reply.raw.once('close', stopWaiting);
  };
  look();
}

/** Whether nobody is left to read the answer. */
export function callerHasGone(request: FastifyRequest): boolean {
  const { socket } = request.raw;
  return socket.destroyed || socket.readableEnded;
}

/** Waits until there may be a message, at most `leftMs`; less when `signal` aborts. */
export async function untilMessage(queue: SqsQueue, leftMs: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const stopWaiting = wait(queue, leftMs, () => {
      signal.removeEventListener('abort', abandon);
      resolve();
    });
    const abandon = (): void => {
      stopWaiting();
      resolve();
    };
    signal.addEventListener('abort', abandon, { once: true });
  });
}

/** Whether a receive would find something; of a FIFO queue only fauxqs knows which of its groups are free. */
export function mayHaveMessage(queue: SqsQueue): boolean {
  queue.processTimers();
  return queue.isFifo() || queue.messages.length > 0;
}

/** Waits for a message or the end of the time; the function it returns ends the waiting without a word. */
function wait(queue: SqsQueue, leftMs: number, woken: () => void): () => void {
  const ended = queue.waitForMessages(leftMs / 1000);
  const waiter = queue.pollWaiters.at(-1);
  let left = false;
  void ended.then(() => (left ? undefined : woken()));
  return () => {
    left = true;
    if (waiter === undefined) return;
    queue.pollWaiters = queue.pollWaiters.filter((each) => each !== waiter);
    clearTimeout(waiter.timer);
    waiter.resolve();
  };
}
