import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FunctionError, Outcome } from '../lambda/execution-environment.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';

/** What a function's `EventInvokeConfig` says. */
export interface AsyncOptions {
  readonly maxRetries: number;
  readonly maxAgeMs: number;
  /** The queue that takes the records of events that failed for good. @default they are dropped, as Lambda does */
  readonly onFailureQueueArn?: string;
}

interface AsyncInvokerOptions {
  readonly optionsOf: (functionName: string) => AsyncOptions;
  readonly send: (queueArn: string, record: unknown) => Promise<void>;
  readonly log: (line: string) => void;
}

/** Lambda waits one minute, then two; the stage, so that nobody has to, a second and two. */
const retryDelaysMs = [1000, 2000];

/** An event for which there was no room waits from a second up to five minutes, and no such attempt is one of its retries. */
const throttledDelayMs = (attempt: number): number => Math.min(1000 * 2 ** attempt, 300_000);

/**
 * Asynchronous invocations: accepted at once, retried, then handed to the failure destination.
 * Source: AWS Lambda developer guide, "Capturing records of Lambda asynchronous invocations".
 */
export class AsyncInvoker {
  readonly #options: AsyncInvokerOptions;
  readonly #stop = new AbortController();

  constructor(options: AsyncInvokerOptions) {
    this.#options = options;
  }

  /** Accepts an event; what comes of it is not the caller's. */
  invoke(fn: LambdaFunction, event: unknown): void {
    fn.options.meter.accepted();
    this.#run(fn, event).catch((error: unknown) => {
      if (!this.#stop.signal.aborted) {
        this.#options.log(`${fn.options.path}: an event is lost: ${String(error)}`);
      }
    });
  }

  /** Ends all retries; what fails from now on goes nowhere. */
  stop(): void {
    this.#stop.abort();
  }

  async #run(fn: LambdaFunction, event: unknown): Promise<void> {
    const { maxRetries, maxAgeMs, onFailureQueueArn } = this.#options.optionsOf(fn.options.name);
    const requestId = randomUUID();
    const startedAt = Date.now();
    const isTooOld = (): boolean => Date.now() - startedAt > maxAgeMs;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#whenThereIsRoom(fn, event, requestId, isTooOld);
      if (outcome.ok) {
        return;
      }
      const isExpired = isTooOld();
      if (attempt > maxRetries || isExpired) {
        fn.options.meter.dropped();
        if (onFailureQueueArn !== undefined) {
          const record = toRecord(fn, requestId, event, attempt, isExpired, outcome.error);
          await this.#options.send(onFailureQueueArn, record);
        }
        return;
      }
      await pause(retryDelaysMs[attempt - 1], undefined, { signal: this.#stop.signal });
    }
  }

  async #whenThereIsRoom(
    fn: LambdaFunction,
    event: unknown,
    requestId: string,
    isTooOld: () => boolean,
  ): Promise<Outcome> {
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await fn.invoke(event, requestId);
      this.#stop.signal.throwIfAborted();
      if (outcome.ok || outcome.isThrottled !== true || isTooOld()) {
        return outcome;
      }
      await pause(throttledDelayMs(attempt), undefined, { signal: this.#stop.signal });
    }
  }
}

const toRecord = (
  fn: LambdaFunction,
  requestId: string,
  requestPayload: unknown,
  approximateInvokeCount: number,
  isExpired: boolean,
  responsePayload: FunctionError,
): unknown => ({
  version: '1.0',
  timestamp: new Date().toISOString(),
  requestContext: {
    requestId,
    functionArn: `${fn.options.arn}:$LATEST`,
    condition: isExpired ? 'EventAgeExceeded' : 'RetriesExhausted',
    approximateInvokeCount,
  },
  requestPayload,
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload,
});
