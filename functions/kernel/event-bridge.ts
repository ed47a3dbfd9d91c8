import type { Context } from 'aws-lambda';
import { logger } from './logger.ts';
import { publishMetrics } from './metrics.ts';

/**
 * The Lambda handler of an EventBridge rule. Events come at least once and in any order. A failure fails the invocation, which Lambda retries and then sends to the
 * function's failure destination: `work` must be idempotent.
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
