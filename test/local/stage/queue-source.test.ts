import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { redriveQueue } from '../../../tools/redrive/redrive-queue.ts';
import { bundle, lambda, worked } from './assembly-fixture.ts';
import { useSmallStage } from './stage-fixture.ts';

const prefixed = (prefix: string, resources: ReturnType<typeof worked>): ReturnType<typeof worked> => {
  const text = JSON.stringify(resources).replaceAll(
    /"(DeadLetters|Queue)"(?=[,:\]])/gu,
    (_whole, id: string) => `"${prefix}${id}"`,
  );
  const renamed: ReturnType<typeof worked> = JSON.parse(text);
  return Object.fromEntries(
    Object.entries(renamed).map(([id, resource]) => [id === 'Mapping' ? `${prefix}Mapping` : id, resource]),
  );
};

const running = useSmallStage(
  {
    Worker: lambda('worker'),
    ...worked('Worker'),
    Slow: lambda('slow'),
    ...prefixed('Slow', worked('Slow', { ScalingConfig: { MaximumConcurrency: 2 }, BatchSize: 1 })),
    Ordered: lambda('worker'),
    ...prefixed(
      'Ordered',
      worked('Ordered', {}, { FifoQueue: true, ContentBasedDeduplication: true, VisibilityTimeout: 60 }),
    ),
    Window: lambda('worker'),
    ...prefixed('Window', worked('Window', { BatchSize: 25, MaximumBatchingWindowInSeconds: 1 })),
  },
  {
    worker: bundle(`
      export const handler = async (event) => {
        console.log(JSON.stringify(event));
        const bodies = event.Records.map(({ body }) => body);
        if (event.Records.some(({ body, attributes }) => body === 'slow at first' && attributes.ApproximateReceiveCount === '1')) {
          await new Promise((resolve) => setTimeout(resolve, 60_000));
        }
        if (bodies.includes('fail')) throw new Error('all of it');
        if (bodies.includes('nonsense')) return { batchItemFailures: [{ itemIdentifier: 'unknown' }] };
        if (bodies.includes('empty')) return {};
        return {
          batchItemFailures: event.Records.filter(({ body }) => body.startsWith('bad'))
            .map(({ messageId }) => ({ itemIdentifier: messageId })),
        };
      };`),
    slow: bundle(`
      export const handler = async () => {
        console.log(JSON.stringify({ began: Date.now() }));
        await new Promise((resolve) => setTimeout(resolve, 300));
        console.log(JSON.stringify({ ended: Date.now() }));
      };`),
  },
);

const send = async (queue: string, ...bodies: string[]): Promise<void> => {
  const { stage, sqs } = running();
  for (let at = 0; at < bodies.length; at += 10) {
    await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: stage.queueUrl(queue),
        Entries: bodies.slice(at, at + 10).map((MessageBody, index) => ({ Id: String(index), MessageBody })),
      }),
    );
  }
};

const batches = (path: string): string[][] =>
  running()
    .said(path)
    .map((event) => Object(event).Records.map((record: unknown) => Object(record).body));
const received = (path: string, body: string): number =>
  batches(path)
    .flat()
    .filter((each) => each === body).length;

const count = async (queue: string): Promise<{ visible: number; hidden: number }> => {
  const { stage, sqs } = running();
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: stage.queueUrl(queue), AttributeNames: ['All'] }),
  );
  return {
    visible: Number(Attributes?.ApproximateNumberOfMessages),
    hidden: Number(Attributes?.ApproximateNumberOfMessagesNotVisible),
  };
};
const eventually = { timeout: 10_000, interval: 10 };

describe('a queue that feeds a function', () => {
  beforeEach(async () => {
    await vi.waitFor(async () => expect(await count('Queue')).toEqual({ visible: 0, hidden: 0 }), eventually);
  });

  it('gives it records in the shape of Lambda, and forgets what is done', async () => {
    const { stage, sqs } = running();
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: stage.queueUrl('Queue'),
        MessageBody: 'shape',
        MessageAttributes: {
          text: { DataType: 'String', StringValue: 'word' },
          bytes: { DataType: 'Binary', BinaryValue: Buffer.from('bytes') },
        },
      }),
    );
    await vi.waitFor(() => expect(received('Worker', 'shape')).toBe(1), eventually);
    const record: unknown = running()
      .said('Worker')
      .flatMap((event) => Object(event).Records)
      .find(({ body }) => body === 'shape');
    expect(record).toEqual({
      messageId: expect.stringMatching(/^[\da-f-]{36}$/u),
      receiptHandle: expect.any(String),
      body: 'shape',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/u),
        SenderId: expect.any(String),
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/u),
      },
      messageAttributes: {
        text: { stringValue: 'word', stringListValues: [], binaryListValues: [], dataType: 'String' },
        bytes: {
          binaryValue: Buffer.from('bytes').toString('base64'),
          stringListValues: [],
          binaryListValues: [],
          dataType: 'Binary',
        },
      },
      md5OfBody: expect.stringMatching(/^[\da-f]{32}$/u),
      eventSource: 'aws:sqs',
      eventSourceARN: expect.stringMatching(/^arn:aws:sqs:eu-west-1:\d{12}:small-Queue$/u),
      awsRegion: 'eu-west-1',
    });
  });

  it('keeps only the records that the answer names; they come again, and are set aside in the end', async () => {
    const { stage, sqs } = running();
    await send('Queue', 'good', 'bad');
    await vi.waitFor(async () => expect(await count('Queue')).toEqual({ visible: 0, hidden: 1 }), eventually);
    expect(received('Worker', 'good')).toBe(1);
    expect(await stage.faults.elapseVisibility()).toBe(1);
    await vi.waitFor(() => expect(received('Worker', 'bad')).toBe(2), eventually);
    await vi.waitFor(async () => {
      await stage.faults.elapseVisibility();
      expect(await count('DeadLetters')).toMatchObject({ visible: 1 });
    }, eventually);
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: stage.queueUrl('DeadLetters'), VisibilityTimeout: 0 }),
    );
    expect(Messages?.map(({ Body }) => Body)).toEqual(['bad']);
  });

  it('gets its dead letters back by a redrive, and works them off again', async () => {
    const { stage, sqs } = running();
    const before = received('Worker', 'bad');
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: stage.queueUrl('DeadLetters'),
        AttributeNames: ['QueueArn'],
      }),
    );
    expect(await redriveQueue(sqs, Attributes?.QueueArn ?? '')).toBe(1);
    await vi.waitFor(() => expect(received('Worker', 'bad')).toBe(before + 1), eventually);
    await vi.waitFor(async () => {
      await stage.faults.elapseVisibility();
      expect(await count('DeadLetters')).toMatchObject({ visible: 1 });
    }, eventually);
  });

  it.each(['fail', 'nonsense'])(
    'keeps a whole batch whose invocation fails or answers wrongly: %s',
    async (body) => {
      const { stage } = running();
      await send('Queue', body, 'beside it');
      await vi.waitFor(async () => expect((await count('Queue')).hidden).toBeGreaterThan(0), eventually);
      await vi.waitFor(async () => {
        await stage.faults.elapseVisibility();
        expect(await count('Queue')).toEqual({ visible: 0, hidden: 0 });
      }, eventually);
      expect(received('Worker', body)).toBe(2);
    },
  );

  it('takes an answer without failures for success', async () => {
    await send('Queue', 'empty');
    await vi.waitFor(() => expect(received('Worker', 'empty')).toBe(1), eventually);
    await vi.waitFor(async () => expect(await count('Queue')).toEqual({ visible: 0, hidden: 0 }), eventually);
  });

  it('gives back what a killed process held', async () => {
    const { stage } = running();
    stage.faults.killNext('Worker', 50);
    await send('Queue', 'slow at first');
    await vi.waitFor(async () => expect(await stage.faults.elapseVisibility()).toBe(1), eventually);
    await vi.waitFor(async () => expect(await count('Queue')).toEqual({ visible: 0, hidden: 0 }), eventually);
    expect(received('Worker', 'slow at first')).toBe(2);
  });
});

describe('an event source mapping', () => {
  it('gives the messages of a FIFO queue in their order, each once', async () => {
    const { stage, sqs } = running();
    const bodies = ['first', 'second', 'third', 'third'];
    for (const MessageBody of bodies) {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: stage.queueUrl('OrderedQueue'),
          MessageBody,
          MessageGroupId: 'one',
        }),
      );
    }
    await vi.waitFor(
      async () => expect(await count('OrderedQueue')).toEqual({ visible: 0, hidden: 0 }),
      eventually,
    );
    expect(batches('Ordered').flat()).toEqual(['first', 'second', 'third']);
  });

  it('never runs more invocations than its maximum concurrency', async () => {
    await send('SlowQueue', ...Array.from({ length: 6 }, (_, index) => String(index)));
    await vi.waitFor(() => expect(running().said('Slow')).toHaveLength(12), eventually);
    let now = 0;
    const atOnce = running()
      .said('Slow')
      .map((line) => (now += 'began' in Object(line) ? 1 : -1));
    expect(Math.max(...atOnce)).toBe(2);
  });

  it('waits for its window to fill a batch of more than SQS gives at once', async () => {
    const bodies = Array.from({ length: 25 }, (_, index) => String(index));
    await send('WindowQueue', ...bodies.slice(0, 15));
    await send('WindowQueue', ...bodies.slice(15));
    await vi.waitFor(() => expect(batches('Window').flat()).toHaveLength(25), eventually);
    expect(Math.max(...batches('Window').map((batch) => batch.length))).toBeGreaterThan(10);
    await vi.waitFor(
      async () => expect(await count('WindowQueue')).toEqual({ visible: 0, hidden: 0 }),
      eventually,
    );
  });

  it('adds only milliseconds to a message that comes to a warm function', async () => {
    await send('Queue', 'warm up');
    await vi.waitFor(() => expect(received('Worker', 'warm up')).toBe(1), eventually);
    const times: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      const startedAt = performance.now();
      await send('Queue', `timed ${index}`);
      await vi.waitFor(() => expect(received('Worker', `timed ${index}`)).toBe(1), { interval: 1 });
      times.push(performance.now() - startedAt);
    }
    expect(Math.min(...times)).toBeLessThan(50);
  });
});
