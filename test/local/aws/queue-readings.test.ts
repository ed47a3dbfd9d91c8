import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QueueReading } from '../../../local/aws/queue-readings.ts';
import { type Fixture, startFixture } from './front-fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.stop());

const create = async (QueueName: string, Attributes: Record<string, string> = {}): Promise<string> =>
  (await fixture.sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
const send = async (QueueUrl: string, options: { MessageGroupId?: string } = {}): Promise<unknown> =>
  fixture.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', ...options }));
const receive = async (QueueUrl: string, VisibilityTimeout = 30): Promise<string | undefined> => {
  const { Messages } = await fixture.sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout }));
  return Messages?.[0]?.ReceiptHandle;
};
const read = (name: string): QueueReading | undefined =>
  fixture.front.readQueues().find((reading) => reading.name === name);

describe('the reading of a queue', () => {
  it('tells what is there and what happened since the last one', async () => {
    const QueueUrl = await create('counted');
    expect(read('counted')).toMatchObject({ visible: 0, oldestAgeMs: 0, sent: 0, received: 0 });
    await send(QueueUrl);
    await send(QueueUrl);
    const ReceiptHandle = await receive(QueueUrl);
    expect(read('counted')).toMatchObject({ visible: 1, notVisible: 1, sent: 2, received: 1, deleted: 0 });
    await fixture.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    await receive(QueueUrl);
    await receive(QueueUrl);
    expect(read('counted')).toMatchObject({
      visible: 0,
      notVisible: 1,
      sent: 0,
      received: 1,
      deleted: 1,
      emptyReceives: 1,
    });
  });

  it('tells the age of the oldest message, also while somebody works on it', async () => {
    const QueueUrl = await create('aged');
    await send(QueueUrl);
    const first = read('aged')?.oldestAgeMs ?? -1;
    expect(first).toBeGreaterThanOrEqual(0);
    await receive(QueueUrl);
    await send(QueueUrl);
    expect(read('aged')?.oldestAgeMs).toBeGreaterThanOrEqual(first);
  });

  it('leaves a message that keeps failing out of the age, as SQS does', async () => {
    const QueueUrl = await create('poisoned');
    await send(QueueUrl);
    const before = Date.now();
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const ReceiptHandle = await receive(QueueUrl);
      await fixture.sqs.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
      );
    }
    expect(Date.now() - before).toBeGreaterThan(0);
    expect(read('poisoned')).toMatchObject({ visible: 1, oldestAgeMs: 0 });
  });

  it('does not count what SQS moved to a dead-letter queue as sent there, and lets its age begin there', async () => {
    await create('given-up');
    const QueueUrl = await create('source', {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:000000000000:given-up',
        maxReceiveCount: 1,
      }),
    });
    await send(QueueUrl);
    await receive(QueueUrl, 0);
    const moved = Date.now();
    await receive(QueueUrl, 0);
    const reading = read('given-up');
    expect(reading).toMatchObject({ visible: 1, sent: 0 });
    expect(reading?.oldestAgeMs).toBeLessThanOrEqual(Date.now() - moved);
    expect(read('source')).toMatchObject({ visible: 0, notVisible: 0 });
  });

  it('knows FIFO queues', async () => {
    const QueueUrl = await create('ordered.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
    await send(QueueUrl, { MessageGroupId: 'a' });
    await receive(QueueUrl);
    expect(read('ordered.fifo')).toMatchObject({ visible: 0, notVisible: 1, sent: 1, received: 1 });
  });

  it('tells when somebody last asked anything of it', async () => {
    const QueueUrl = await create('asked');
    const created = read('asked')?.activeAt ?? 0;
    await receive(QueueUrl);
    expect(read('asked')?.activeAt).toBeGreaterThanOrEqual(created);
    expect(created).toBeGreaterThan(Date.now() - 60_000);
  });
});
