import { setTimeout as pause } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { LambdaFunction } from '../lambda/lambda-function.ts';

export interface QueueSourceOptions {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly region: string;
  readonly fn: LambdaFunction;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly maxConcurrency: number;
  readonly reportsItemFailures: boolean;
  readonly log: (line: string) => void;
}

const answerSchema = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) })
  .nullable();

/** SQS gives at most ten messages a call. */
const maxReceived = 10;

/**
 * An SQS event source mapping: receives batches, invokes the function, deletes what it has done. What it has not stays invisible until the queue's visibility
 * time-out, and the queue's redrive policy sets it aside in the end.
 */
export class QueueSource {
  readonly #options: QueueSourceOptions;
  readonly #stop = new AbortController();
  readonly #held = new Set<string>();
  readonly #pollers: Promise<void>[];

  constructor(options: QueueSourceOptions) {
    this.#options = options;
    const count = Math.min(options.maxConcurrency, options.fn.options.maxConcurrency);
    this.#pollers = Array.from({ length: count }, () => this.#poll());
  }

  /** Makes messages that failed visible at once, in place of waiting for their visibility time-out. Answers how many. */
  async releaseFailed(): Promise<number> {
    const receipts = [...this.#held];
    this.#held.clear();
    await Promise.all(
      receipts.map((ReceiptHandle) =>
        this.#options.sqs.send(
          new ChangeMessageVisibilityCommand({
            QueueUrl: this.#options.queueUrl,
            ReceiptHandle,
            VisibilityTimeout: 0,
          }),
        ),
      ),
    );
    return receipts.length;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#pollers);
  }

  async #poll(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        const messages = await this.#receiveBatch();
        if (messages.length > 0 && !this.#stop.signal.aborted) {
          await this.#deliver(messages);
        }
      } catch (error) {
        if (!this.#stop.signal.aborted) {
          this.#options.log(`the queue could not be polled: ${String(error)}`);
          await pause(200);
        }
      }
    }
  }

  async #receiveBatch(): Promise<Message[]> {
    const { batchSize, windowMs } = this.#options;
    const messages = await this.#receive(Math.min(batchSize, maxReceived), 20);
    const until = Date.now() + windowMs;
    while (messages.length > 0 && messages.length < batchSize && Date.now() < until) {
      const seconds = Math.min(20, Math.floor((until - Date.now()) / 1000));
      messages.push(...(await this.#receive(Math.min(batchSize - messages.length, maxReceived), seconds)));
      if (seconds === 0) {
        break;
      }
    }
    return messages;
  }

  async #receive(count: number, waitSeconds: number): Promise<Message[]> {
    const { Messages } = await this.#options.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: this.#options.queueUrl,
        MaxNumberOfMessages: count,
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
      { abortSignal: this.#stop.signal },
    );
    return Messages ?? [];
  }

  async #deliver(messages: readonly Message[]): Promise<void> {
    const { fn, sqs, queueUrl } = this.#options;
    const outcome = await fn.invoke({ Records: messages.map((message) => this.#toRecord(message)) });
    const failed = outcome.ok ? this.#failedOf(outcome.payload, messages) : messages;
    if (!outcome.ok) {
      this.#options.log(`the invocation failed: ${outcome.error.errorType}: ${outcome.error.errorMessage}`);
    }
    for (const { ReceiptHandle } of failed) {
      this.#held.add(ReceiptHandle ?? '');
    }
    const done = messages.filter((message) => !failed.includes(message));
    if (done.length > 0) {
      await sqs.send(
        new DeleteMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
        }),
      );
    }
  }

  /** Without partial failures reported, an answer means that the whole batch is done; a wrong answer means that none is. */
  #failedOf(payload: string, messages: readonly Message[]): readonly Message[] {
    if (!this.#options.reportsItemFailures) {
      return [];
    }
    const answer = answerSchema.safeParse(JSON.parse(payload));
    if (!answer.success) {
      return messages;
    }
    const identifiers = (answer.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
    const isKnown = identifiers.every((id) => messages.some(({ MessageId }) => MessageId === id));
    return isKnown ? messages.filter(({ MessageId }) => identifiers.includes(MessageId ?? '')) : messages;
  }

  #toRecord(message: Message): unknown {
    return {
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: message.Attributes ?? {},
      messageAttributes: Object.fromEntries(
        Object.entries(message.MessageAttributes ?? {}).map(([name, attribute]) => [
          name,
          {
            stringValue: attribute.StringValue,
            binaryValue: attribute.BinaryValue,
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
