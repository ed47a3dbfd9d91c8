import type { Context, S3Event } from 'aws-lambda';
import { logger } from './logger.ts';
import { publishMetrics } from './metrics.ts';

/**
 * The Lambda handler of S3 notifications. `work` gets each created object's key, decoded (S3 sends it form-encoded: `+` is a space).
 * A failure fails the invocation, which Lambda retries and then sends to the function's failure destination: `work` must be idempotent.
 */
export function s3Handler(work: (key: string) => Promise<void>) {
  return async (event: S3Event, context: Context): Promise<void> => {
    logger.addContext(context);
    try {
      // S3 sends an `s3:TestEvent` without records when notifications are configured.
      for (const record of event.Records ?? []) {
        await work(decodeURIComponent(record.s3.object.key.replaceAll('+', ' ')));
      }
    } finally {
      publishMetrics();
    }
  };
}
