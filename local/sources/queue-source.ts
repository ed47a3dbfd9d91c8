import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import type { QueueConsumer, QueueMessage } from '../aws/queue-consumer.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';

export interface QueueSourceOptions {
  readonly queue: QueueConsumer;
  readonly queueArn: string;
  readonly region: string;
  readonly fn: LambdaFunction;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly maxConcurrency: number;
  readonly reportsItemFailures: boolean;
  readonly log: (line: string) => void;
}

/** Without `batchItemFailures` everything succeeded. Source: AWS Lambda developer guide, "Implementing partial batch responses". */
const answerSchema = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullable();

/** SQS gives and takes at most ten messages a call. */
const maxMessages = 10;

/** How often a batch that has begun looks for more, within its window. */
const windowPauseMs = 50;

/** A short long poll, in milliseconds: a queue counts as active while it is asked, and the clock by which alarms are judged may run faster than this one. */
const pollMs = 1000;

/**
 * An SQS event source mapping: receives batches, invokes the function, deletes what it has done. What it has not stays invisible until the queue's visibility
 * time-out, and the queue's redrive policy sets it aside in the end.
 */
export class QueueSource {
  readonly #options: QueueSourceOptions;
  readonly #stop = new AbortController();
  readonly #failed = new Set<string>();
  readonly #pollers: Promise<void>[];
  #block: { readonly ended: PromiseWithResolvers<void> } | undefined;
  #receiving = new AbortController();

  constructor(options: QueueSourceOptions) {
    this.#options = options;
    const count = Math.min(options.maxConcurrency, options.fn.options.maxConcurrency);
    this.#pollers = Array.from({ length: count }, () => this.#poll());
  }

  /** Makes messages that failed visible at once, in place of waiting for their visibility time-out. Answers how many. */
  async releaseFailed(): Promise<number> {
    const receipts = [...this.#failed];
    this.#failed.clear();
    return receipts.filter((receipt) => this.#options.queue.release(receipt)).length;
  }

  get queueUrl(): string {
    return this.#options.queue.url;
  }

  /** Receives nothing until `unblock`. */
  block(): void {
    this.#block ??= { ended: Promise.withResolvers() };
    this.#receiving.abort();
  }

  unblock(): void {
    this.#receiving = new AbortController();
    this.#block?.ended.resolve();
    this.#block = undefined;
  }

  /** Receives nothing more. */
  beginStop(): void {
    this.#stop.abort();
    this.unblock();
  }

  /** When the invocations under way have ended. */
  async stop(): Promise<void> {
    this.beginStop();
    await Promise.all(this.#pollers);
  }

  async #poll(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#block?.ended.promise;
      try {
        const messages = await this.#receiveBatch();
        if (messages.length > 0 && !this.#stop.signal.aborted) {
          await this.#deliver(messages);
        }
      } catch (error) {
        if (!this.#stop.signal.aborted && this.#block === undefined) {
          this.#options.log(`the queue could not be worked off: ${String(error)}`);
          await pause(200);
        }
      }
    }
  }

  async #receiveBatch(): Promise<QueueMessage[]> {
    const { batchSize, windowMs } = this.#options;
    const signal = AbortSignal.any([this.#stop.signal, this.#receiving.signal]);
    const messages = await this.#receive(Math.min(batchSize, maxMessages), pollMs, signal);
    const until = Date.now() + windowMs;
    while (messages.length > 0 && messages.length < batchSize && Date.now() < until) {
      const more = await this.#receive(Math.min(batchSize - messages.length, maxMessages), 0);
      messages.push(...more);
      if (more.length === 0) {
        await pause(windowPauseMs, undefined, { signal: this.#stop.signal });
      }
    }
    return messages;
  }

  #receive(count: number, waitMs: number, signal: AbortSignal = this.#stop.signal): Promise<QueueMessage[]> {
    return this.#options.queue.receive(count, waitMs, signal);
  }

  async #deliver(messages: readonly QueueMessage[]): Promise<void> {
    const { fn, queue } = this.#options;
    const outcome = await fn.invoke({ Records: messages.map((message) => this.#toRecord(message)) });
    const failed = outcome.ok ? this.#failedOf(outcome.payload, messages) : messages;
    if (!outcome.ok && !this.#stop.signal.aborted) {
      this.#options.log(`the invocation failed: ${outcome.error.errorType}: ${outcome.error.errorMessage}`);
    }
    for (const { ReceiptHandle } of failed) {
      this.#failed.add(ReceiptHandle);
    }
    const done = messages.filter((message) => !failed.includes(message));
    for (let at = 0; at < done.length; at += maxMessages) {
      queue.delete(done.slice(at, at + maxMessages).map(({ ReceiptHandle }) => ReceiptHandle));
    }
  }

  /** Without partial failures reported, an answer means that the whole batch is done; a wrong answer means that none is. */
  #failedOf(payload: string, messages: readonly QueueMessage[]): readonly QueueMessage[] {
    if (!this.#options.reportsItemFailures) {
      return [];
    }
    const answer = answerSchema.safeParse(JSON.parse(payload));
    if (!answer.success) {
      return messages;
    }
    const identifiers = (answer.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
    const isKnown = identifiers.every((id) => messages.some(({ MessageId }) => MessageId === id));
    return isKnown ? messages.filter(({ MessageId }) => identifiers.includes(MessageId)) : messages;
  }

  #toRecord(message: QueueMessage): unknown {
    return {
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: message.Attributes,
      messageAttributes: Object.fromEntries(
        Object.entries(message.MessageAttributes ?? {}).map(([name, attribute]) => [
          name,
          {
            stringValue: attribute.StringValue,
            binaryValue: attribute.BinaryValue,
            stringListValues: [],
            binaryListValues: [],
            dataType: attribute.DataType,
          },
        ]),
      ),
      md5OfBody: message.MD5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: this.#options.queueArn,
      awsRegion: this.#options.region,
    };
  }
}
