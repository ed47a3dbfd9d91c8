import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { redriveQueue } from '../../../tools/redrive/redrive-queue.ts';
import { listenOnLoopback } from './loopback.ts';

const arn = 'arn:aws:sqs:eu-west-1:000000000000:render-dead';
const opened: { close(): void }[] = [];
afterEach(() => {
  for (const each of opened.splice(0)) {
    each.close();
  }
});

interface Order {
  readonly action: string;
  readonly body: unknown;
}

/** An SQS that answers StartMessageMoveTask and then, one after another, the states of its task. */
async function sqsWhoseTaskGoes(states: readonly object[]): Promise<{ sqs: SQSClient; orders: Order[] }> {
  const orders: Order[] = [];
  const left = [...states];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const action = String(request.headers['x-amz-target']).replace('AmazonSQS.', '');
    orders.push({ action, body: JSON.parse(await text(request)) });
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    const body = action === 'StartMessageMoveTask' ? { TaskHandle: 'task' } : { Results: left.splice(0, 1) };
    response.end(JSON.stringify(body));
  };
  const server = createServer((request, response) => void answer(request, response));
  const endpoint = await listenOnLoopback(server);
  const sqs = new SQSClient({ endpoint, region: 'eu-west-1', maxAttempts: 1 });
  opened.push({ close: () => sqs.destroy() }, { close: () => server.close() });
  return { sqs, orders };
}

describe('moving the messages of a dead-letter queue back', () => {
  it('waits for the end and tells how many were moved', async () => {
    const { sqs, orders } = await sqsWhoseTaskGoes([
      { Status: 'RUNNING', ApproximateNumberOfMessagesMoved: 1 },
      { Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 3 },
    ]);
    await expect(redriveQueue(sqs, arn)).resolves.toBe(3);
    expect(orders).toEqual([
      { action: 'StartMessageMoveTask', body: { SourceArn: arn } },
      { action: 'ListMessageMoveTasks', body: { SourceArn: arn, MaxResults: 1 } },
      { action: 'ListMessageMoveTasks', body: { SourceArn: arn, MaxResults: 1 } },
    ]);
  });

  it('tells why SQS gave up, and after how many', async () => {
    const { sqs } = await sqsWhoseTaskGoes([
      {
        Status: 'FAILED',
        ApproximateNumberOfMessagesMoved: 2,
        FailureReason: 'AWS.SimpleQueueService.NonExistentQueue',
      },
    ]);
    await expect(redriveQueue(sqs, arn)).rejects.toThrow(
      'The move ended failed after 2 messages: AWS.SimpleQueueService.NonExistentQueue.',
    );
  });

  it('does not take a task that is gone for success', async () => {
    const { sqs } = await sqsWhoseTaskGoes([]);
    await expect(redriveQueue(sqs, arn)).rejects.toThrow('does not list it');
  });
});
