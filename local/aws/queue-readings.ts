import type { SqsQueue, SqsStore } from './stores.ts';

/** What there is to tell of a queue, and what happened to it since the last reading. */
export interface QueueReading {
  readonly name: string;
  readonly visible: number;
  readonly notVisible: number;
  readonly delayed: number;
  /** Of the oldest message that is not deleted; 0 without one. */
  readonly oldestAgeMs: number;
  readonly sent: number;
  readonly received: number;
  readonly deleted: number;
  /** Receives that found nothing. */
  readonly emptyReceives: number;
  /** When it last held messages or somebody asked anything of it, in epoch milliseconds. */
  readonly activeAt: number;
}

type Message = Parameters<SqsQueue['enqueue']>[0];

/** Messages that were received more often are not the oldest any more. Source: SQS developer guide, `ApproximateAgeOfOldestMessage`. */
const maxReceivesOfOldest = 3;

interface Arrival {
  readonly at: number;
  /** What it had been received before, in the queue that it came from. */
  readonly receivedBefore: number;
}

interface Watched {
  readonly queue: SqsQueue;
  readonly arrivals: WeakMap<Message, Arrival>;
  activeAt: number;
  sent: number;
  received: number;
  deleted: number;
  emptyReceives: number;
}

/** Counts what happens to every queue of a store, at the queues themselves. */
export class QueueReadings {
  readonly #watched: Watched[] = [];

  constructor(store: SqsStore) {
    const create = store.createQueue.bind(store);
    store.createQueue = (...options) => {
      const queue = create(...options);
      this.#watch(queue);
      return queue;
    };
  }

  /** Every queue as it is now; what is counted begins anew. */
  read(now: number = Date.now()): QueueReading[] {
    return this.#watched.map((watched) => read(watched, now));
  }

  #watch(queue: SqsQueue): void {
    if (this.#watched.some((watched) => watched.queue === queue)) {
      return;
    }
    const watched: Watched = {
      queue,
      arrivals: new WeakMap(),
      activeAt: Date.now(),
      sent: 0,
      received: 0,
      deleted: 0,
      emptyReceives: 0,
    };
    this.#watched.push(watched);
    const [enqueue, dequeue, deleteMessage] = [
      queue.enqueue.bind(queue),
      queue.dequeue.bind(queue),
      queue.deleteMessage.bind(queue),
    ];
    queue.enqueue = (message) => {
      watched.activeAt = Date.now();
      watched.arrivals.set(message, {
        at: watched.activeAt,
        receivedBefore: message.approximateReceiveCount,
      });
      // SQS does not count what it moves here by itself, from a queue that gave it up.
      watched.sent += message.approximateReceiveCount === 0 ? 1 : 0;
      enqueue(message);
    };
    queue.dequeue = (...options) => {
      const messages = dequeue(...options);
      watched.activeAt = Date.now();
      watched.received += messages.length;
      watched.emptyReceives += messages.length === 0 ? 1 : 0;
      return messages;
    };
    queue.deleteMessage = (receiptHandle) => {
      const isDeleted = deleteMessage(receiptHandle);
      watched.deleted += isDeleted ? 1 : 0;
      return isDeleted;
    };
  }
}

function read(watched: Watched, now: number): QueueReading {
  const { queue } = watched;
  queue.processTimers();
  const { ready, delayed, inflight } = queue.inspectMessages();
  const messages = [...ready, ...delayed, ...inflight.map(({ message }) => message)];
  if (messages.length > 0) {
    watched.activeAt = now;
  }
  const { sent, received, deleted, emptyReceives } = watched;
  Object.assign(watched, { sent: 0, received: 0, deleted: 0, emptyReceives: 0 });
  return {
    name: queue.name,
    visible: ready.length,
    notVisible: inflight.length,
    delayed: delayed.length,
    oldestAgeMs: oldestAge(watched, messages, now),
    sent,
    received,
    deleted,
    emptyReceives,
    activeAt: watched.activeAt,
  };
}

function oldestAge({ queue, arrivals }: Watched, messages: readonly Message[], now: number): number {
  return messages.reduce((oldest, message) => {
    const { at, receivedBefore } = arrivals.get(message) ?? { at: message.sentTimestamp, receivedBefore: 0 };
    const isPutBack =
      !queue.isFifo() && message.approximateReceiveCount - receivedBefore > maxReceivesOfOldest;
    return isPutBack ? oldest : Math.max(oldest, now - at);
  }, 0);
}
