import type { Context } from 'aws-lambda';
import { logger } from './logger.ts';
import { publishMetrics } from './metrics.ts';

/**
 * The Lambda handler of an EventBridge rule, be it one of a pattern or of a schedule. Events come at least once and in any order. A failure fails the invocation, so that
 * it counts among the function's errors; Lambda retries it as the function is configured, so that `work` must be idempotent.
 */
export function eventBridgeHandler(work: (event: unknown) => Promise<void>) {
  return async (event: unknown, context: Context): Promise<void> => {
    logger.addContext(context);
    try {
      await work(event);
    } finally {
      publishMetrics();
    }
  };
}
