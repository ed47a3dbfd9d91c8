import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fixture, startFixture, until } from './front-fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.stop());

interface Queue {
  url: string;
  arn: string;
}

async function createQueue(name: string, Attributes: Record<string, string> = {}): Promise<Queue> {
  const { QueueUrl = '' } = await fixture.sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  return { url: QueueUrl, arn: (await attribute(QueueUrl, 'QueueArn')) ?? '' };
}

async function attribute(
  url: string,
  name: 'QueueArn' | 'ApproximateNumberOfMessages',
): Promise<string | undefined> {
  const { Attributes } = await fixture.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [name] }),
  );
  return Attributes?.[name];
}

async function receive(url: string, WaitTimeSeconds = 0): Promise<string[]> {
  const { Messages } = await fixture.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      WaitTimeSeconds,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
    }),
  );
  return (Messages ?? []).map(({ Body }) => Body ?? '');
}

/** A queue whose messages become dead letters at their second receive. */
async function fragileQueue(name: string, dead: Queue): Promise<Queue> {
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
  return createQueue(name, { RedrivePolicy, VisibilityTimeout: '0' });
}

async function killMessages(queue: Queue, bodies: readonly string[]): Promise<void> {
  for (const body of bodies)
    await fixture.sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body }));
  let alive = true;
  while (alive) alive = (await receive(queue.url)).length > 0;
}

async function finished(SourceArn: string): Promise<boolean> {
  const { Results } = await fixture.sqs.send(new ListMessageMoveTasksCommand({ SourceArn }));
  return Results?.[0]?.Status === 'COMPLETED';
}

describe('queues', () => {
  it('have URLs at the front’s own endpoint', async () => {
    const queue = await createQueue('urls', { VisibilityTimeout: '90' });
    expect(new URL(queue.url).origin).toBe(fixture.front.endpoint);
    expect(queue.arn).toMatch(/^arn:aws:sqs:eu-west-1:\d{12}:urls$/);
  });

  it('wake a long poll when a message comes', async () => {
    const queue = await createQueue('waking');
    const polled = receive(queue.url, 20);
    const startedAt = Date.now();
    await fixture.sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'hello' }));
    expect(await polled).toEqual(['hello']);
    expect(Date.now() - startedAt).toBeLessThan(2000);
  });

  it('hide a message until it is deleted or made visible again', async () => {
    const queue = await createQueue('hiding', { VisibilityTimeout: '300' });
    await fixture.sqs.send(
      new SendMessageBatchCommand({ QueueUrl: queue.url, Entries: [{ Id: '1', MessageBody: 'one' }] }),
    );
    const first = await fixture.sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.url }));
    const ReceiptHandle = first.Messages?.[0]?.ReceiptHandle;
    expect(await receive(queue.url)).toEqual([]);
    await fixture.sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: queue.url, ReceiptHandle, VisibilityTimeout: 0 }),
    );
    const again = await fixture.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queue.url, AttributeNames: ['All'] }),
    );
    expect(again.Messages?.[0]?.Attributes?.['ApproximateReceiveCount']).toBe('2');
    await fixture.sqs.send(
      new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle: again.Messages?.[0]?.ReceiptHandle }),
    );
  });

  it('wake only the poll that gets the message', async () => {
    const queue = await createQueue('several', { ReceiveMessageWaitTimeSeconds: '20' });
    const polls = [receive(queue.url, 20), receive(queue.url, 20), receive(queue.url, 20)];
    await attribute(queue.url, 'ApproximateNumberOfMessages');
    for (const body of ['1', '2', '3']) {
      await fixture.sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body }));
    }
    expect((await Promise.all(polls)).flat().toSorted()).toEqual(['1', '2', '3']);
  });

  it('answer a long poll with nothing when its time is over', async () => {
    const queue = await createQueue('quiet');
    const startedAt = performance.now();
    expect(await receive(queue.url, 1)).toEqual([]);
    expect(performance.now() - startedAt).toBeGreaterThan(950);
  });

  it('wake a long poll when a message’s visibility timeout ends', async () => {
    const queue = await createQueue('returning', { VisibilityTimeout: '1' });
    await fixture.sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'again' }));
    expect(await receive(queue.url)).toEqual(['again']);
    expect(await receive(queue.url, 10)).toEqual(['again']);
  });

  it.each(['leaving', 'leaving.fifo'])(
    'do not lose a message to a long poll whose caller has gone: %s',
    async (name) => {
      const queue = await createQueue(name, { VisibilityTimeout: '300' });
      const fifo = name.endsWith('.fifo') ? { MessageGroupId: 'group', MessageDeduplicationId: 'once' } : {};
      const left = new AbortController();
      const polled = fixture.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: queue.url, WaitTimeSeconds: 20 }),
        {
          abortSignal: left.signal,
        },
      );
      const settled = expect(polled).rejects.toMatchObject({ name: 'AbortError' });
      // The poll is at the queue before its caller leaves.
      await attribute(queue.url, 'ApproximateNumberOfMessages');
      left.abort();
      await settled;
      await fixture.sqs.send(
        new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'still here', ...fifo }),
      );
      const { Messages } = await fixture.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: queue.url, WaitTimeSeconds: 5, AttributeNames: ['All'] }),
      );
      expect(Messages?.[0]?.Body).toBe('still here');
      expect(Messages?.[0]?.Attributes?.['ApproximateReceiveCount']).toBe('1');
    },
  );
});

describe('a request that is not JSON', () => {
  it('is answered in the protocol of SQS', async () => {
    const answer = await fetch(fixture.front.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
      body: '{',
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ __type: 'com.amazonaws.sqs#SerializationException' });
  });
});

describe('a message move task', () => {
  it('brings dead letters back to the queue that gave them up, with their attributes and a fresh receive count', async () => {
    const dead = await createQueue('jobs-dead');
    const jobs = await fragileQueue('jobs', dead);
    await fixture.sqs.send(
      new SendMessageCommand({
        QueueUrl: jobs.url,
        MessageBody: 'traced',
        MessageAttributes: { trace: { DataType: 'String', StringValue: 'abc' } },
      }),
    );
    await killMessages(jobs, ['1', '2']);
    expect(await attribute(dead.url, 'ApproximateNumberOfMessages')).toBe('3');

    const { TaskHandle } = await fixture.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: dead.arn }));
    expect(TaskHandle).toBeTruthy();
    await until(() => finished(dead.arn));

    const { Results } = await fixture.sqs.send(new ListMessageMoveTasksCommand({ SourceArn: dead.arn }));
    expect(Results?.[0]).toMatchObject({
      Status: 'COMPLETED',
      SourceArn: dead.arn,
      ApproximateNumberOfMessagesMoved: 3,
      ApproximateNumberOfMessagesToMove: 3,
    });
    expect(await attribute(dead.url, 'ApproximateNumberOfMessages')).toBe('0');
    const { Messages } = await fixture.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: jobs.url,
        MaxNumberOfMessages: 10,
        AttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    expect(Messages?.map(({ Body }) => Body).toSorted()).toEqual(['1', '2', 'traced']);
    expect(Messages?.every(({ Attributes }) => Attributes?.['ApproximateReceiveCount'] === '1')).toBe(true);
    expect(Messages?.find(({ Body }) => Body === 'traced')?.MessageAttributes?.['trace']?.StringValue).toBe(
      'abc',
    );
  });

  it('returns each message to its own queue when several share their dead letters', async () => {
    const dead = await createQueue('shared-dead');
    const [left, right] = [await fragileQueue('left', dead), await fragileQueue('right', dead)];
    await killMessages(left, ['l']);
    await killMessages(right, ['r']);
    await fixture.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: dead.arn }));
    await until(() => finished(dead.arn));
    expect(await receive(left.url)).toEqual(['l']);
    expect(await receive(right.url)).toEqual(['r']);
  });

  it('keeps the order of a group', async () => {
    const dead = await createQueue('ordered-dead.fifo', { FifoQueue: 'true' });
    const source = await createQueue('ordered.fifo', {
      FifoQueue: 'true',
      VisibilityTimeout: '0',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 }),
    });
    for (const [index, body] of ['a1', 'b1', 'a2', 'a3', 'b2'].entries()) {
      await fixture.sqs.send(
        new SendMessageCommand({
          QueueUrl: source.url,
          MessageBody: body,
          MessageGroupId: body.charAt(0),
          MessageDeduplicationId: String(index),
        }),
      );
    }
    await until(async () => {
      await receive(source.url);
      return (await attribute(dead.url, 'ApproximateNumberOfMessages')) === '5';
    });
    await fixture.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: dead.arn }));
    await until(() => finished(dead.arn));
    const moved: string[] = [];
    await until(async () => {
      const { Messages = [] } = await fixture.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: source.url, VisibilityTimeout: 60 }),
      );
      for (const { Body = '', ReceiptHandle } of Messages) {
        moved.push(Body);
        await fixture.sqs.send(new DeleteMessageCommand({ QueueUrl: source.url, ReceiptHandle }));
      }
      return moved.length === 5;
    });
    expect(moved.filter((body) => body.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    expect(moved.filter((body) => body.startsWith('b'))).toEqual(['b1', 'b2']);
  });

  it('moves to another queue when told so', async () => {
    const dead = await createQueue('told-dead');
    const [source, elsewhere] = [await fragileQueue('told', dead), await createQueue('elsewhere')];
    await killMessages(source, ['x']);
    await fixture.sqs.send(
      new StartMessageMoveTaskCommand({ SourceArn: dead.arn, DestinationArn: elsewhere.arn }),
    );
    expect(await receive(elsewhere.url, 5)).toEqual(['x']);
  });

  it('is refused for a queue that holds no dead letters, and for one that is not there', async () => {
    const plain = await createQueue('plain');
    await expect(fixture.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: plain.arn }))).rejects.toThrow(
      'Source queue must be configured as a Dead Letter Queue.',
    );
    await expect(
      fixture.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: `${plain.arn}-not` })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('is the only one of its source', async () => {
    const dead = await createQueue('one-dead');
    const source = await fragileQueue('one', dead);
    await killMessages(source, ['1', '2', '3']);
    const start = new StartMessageMoveTaskCommand({ SourceArn: dead.arn, MaxNumberOfMessagesPerSecond: 1 });
    await fixture.sqs.send(start);
    await expect(fixture.sqs.send(start)).rejects.toThrow('There is already a task running.');
  });
});
