import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { logger } from './logger.ts';
import { publishMetrics } from './metrics.ts';

/**
 * The Lambda handler of a FIFO event source with partial batch failures. `work` gets the messages of one group in their order; groups are worked on at the same time.
 * When it fails, the whole group comes again, so it must be idempotent. A message that is not of the schema is reported alone: what comes after it does not wait for it.
 */
export function sqsFifoHandler<Schema extends z.ZodType>(
  schema: Schema,
  work: (group: string, messages: readonly z.infer<Schema>[]) => Promise<void>,
) {
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    logger.addContext(context);
    const failed: SQSRecord[] = [];
    const fail = (records: readonly SQSRecord[], error: unknown): void => {
      failed.push(...records);
      for (const { messageId, attributes } of records) {
        logger.error('message failed', {
          error,
          messageId,
          group: attributes.MessageGroupId,
          receiveCount: attributes.ApproximateReceiveCount,
        });
      }
    };
    const groups = Map.groupBy(event.Records, ({ attributes }) => attributes.MessageGroupId ?? '');
    await Promise.all(
      [...groups].map(async ([group, records]) => {
        const readable = records.flatMap((record) => {
          try {
            return [{ record, message: schema.parse(JSON.parse(record.body)) }];
          } catch (error) {
            fail([record], error);
            return [];
          }
        });
        try {
          await work(
            group,
            readable.map(({ message }) => message),
          );
        } catch (error) {
          fail(
            readable.map(({ record }) => record),
            error,
          );
        }
      }),
    );
    publishMetrics();
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}
