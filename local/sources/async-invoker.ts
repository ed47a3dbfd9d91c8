import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { LambdaFunction } from '../lambda/lambda-function.ts';

export interface AsyncOptions {
  readonly maxRetries: number;
  readonly maxAgeMs: number;
  /** Takes the record of an event that failed for good. @default it is dropped, as Lambda does */
  readonly onFailure?: (record: unknown) => Promise<void>;
}

/** Lambda waits one minute, then two; the stage, so that nobody has to, a second and two. */
const retryDelaysMs = [1000, 2000];

/**
 * An asynchronous invocation: accepted at once, retried, then handed to the failure destination.
 * Source: AWS Lambda developer guide, "Capturing records of Lambda asynchronous invocations".
 */
export async function invokeAsync(fn: LambdaFunction, event: unknown, options: AsyncOptions): Promise<void> {
  const requestId = randomUUID();
  const startedAt = Date.now();
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await fn.invoke(event, requestId);
    if (outcome.ok) {
      return;
    }
    const isExpired = Date.now() - startedAt > options.maxAgeMs;
    if (attempt > options.maxRetries || isExpired) {
      await options.onFailure?.({
        version: '1.0',
        timestamp: new Date().toISOString(),
        requestContext: {
          requestId,
          functionArn: `${fn.options.arn}:$LATEST`,
          condition: isExpired ? 'EventAgeExceeded' : 'RetriesExhausted',
          approximateInvokeCount: attempt,
        },
        requestPayload: event,
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        responsePayload: outcome.error,
      });
      return;
    }
    await pause(retryDelaysMs[attempt - 1] ?? 2000);
  }
}
