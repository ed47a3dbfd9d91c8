import type { Context, ScheduledEvent } from 'aws-lambda';
import { logger } from './logger.ts';
import { publishMetrics } from './metrics.ts';

/** The Lambda handler of an EventBridge schedule. A failure fails the invocation, so that it counts among the function's errors. */
export function scheduledHandler(work: () => Promise<void>) {
  return async (_event: ScheduledEvent, context: Context): Promise<void> => {
    logger.addContext(context);
    try {
      await work();
    } finally {
      publishMetrics();
    }
  };
}
