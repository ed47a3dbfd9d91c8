import type { Context, SNSEvent, SNSMessage } from 'aws-lambda';
import { logger } from './logger.ts';
import { publishMetrics } from './metrics.ts';

/**
 * The Lambda handler of an SNS subscription. Every record is worked on, whatever becomes of those before it; a failure then fails the invocation, which Lambda
 * retries as a whole and then sends to the function's failure destination: `work` must be idempotent.
 */
export function snsHandler(work: (message: SNSMessage) => Promise<void>) {
  return async (event: SNSEvent, context: Context): Promise<void> => {
    logger.addContext(context);
    const failures: unknown[] = [];
    for (const { Sns } of event.Records) {
      try {
        await work(Sns);
      } catch (error) {
        logger.error('message failed', { error, messageId: Sns.MessageId, topic: Sns.TopicArn });
        failures.push(error);
      }
    }
    publishMetrics();
    if (failures.length > 1) {
      throw new AggregateError(failures, failures.map(messageOf).join(' '));
    }
    if (failures.length === 1) {
      throw failures[0];
    }
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
