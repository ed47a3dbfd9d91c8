import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type * as z from 'zod';
import { logger } from './logger.ts';
import { publishMetrics } from './metrics.ts';

/**
 * The Lambda handler of an SQS event source with partial batch failures. Messages are worked on one after another, since the work is CPU-bound;
 * one that fails is reported alone, retried by SQS and at last set aside in the dead-letter queue. Its reason is in the log under its message id.
 */
export function sqsHandler<Schema extends z.ZodType>(
  schema: Schema,
  work: (message: z.infer<Schema>) => Promise<void>,
) {
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    logger.addContext(context);
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const record of event.Records) {
      try {
        await work(schema.parse(JSON.parse(record.body)));
      } catch (error) {
        logger.error('message failed', {
          error,
          messageId: record.messageId,
          receiveCount: record.attributes.ApproximateReceiveCount,
        });
        batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
    publishMetrics();
    return { batchItemFailures };
  };
}
