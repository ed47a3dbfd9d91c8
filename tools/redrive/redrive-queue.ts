import { setTimeout as wait } from 'node:timers/promises';
import {
  ListMessageMoveTasksCommand,
  type ListMessageMoveTasksResultEntry,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';

const pollMs = 250;

/**
 * Moves every message of a dead-letter queue back to the queue that it came from, and waits for the end.
 * @returns how many were moved. Throws, with SQS' reason and how many were moved until then, when the move fails or is cancelled
 */
export async function redriveQueue(sqs: SQSClient, deadLettersArn: string): Promise<number> {
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: deadLettersArn }));
  for (;;) {
    const task = await latestTask(sqs, deadLettersArn);
    const moved = task.ApproximateNumberOfMessagesMoved ?? 0;
    if (task.Status === 'COMPLETED') {
      return moved;
    }
    if (task.Status === 'FAILED' || task.Status === 'CANCELLED') {
      throw new Error(
        `The move ended ${task.Status.toLowerCase()} after ${moved} messages: ${task.FailureReason ?? 'SQS gives no reason'}.`,
      );
    }
    await wait(pollMs);
  }
}

/** SQS runs one task a queue at a time and lists the newest first. */
async function latestTask(sqs: SQSClient, arn: string): Promise<ListMessageMoveTasksResultEntry> {
  const { Results } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arn, MaxResults: 1 }));
  const task = Results?.[0];
  if (task === undefined) {
    throw new Error('SQS took the order to move messages and does not list it.');
  }
  return task;
}
