import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BUCKET, startFixture, until } from './front-fixture.ts';

let dataFolder: string;
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'aws-front-'));
});
afterAll(() => rm(dataFolder, { recursive: true }));

it('keeps objects, queues and messages in a data folder, over a restart on another port', async () => {
  const first = await startFixture({ dataFolder });
  await first.s3.send(
    new PutObjectCommand({
      Bucket: BUCKET,
      Key: 'kept/é',
      Body: 'kept',
      ContentType: 'text/plain',
      CacheControl: 'no-cache',
    }),
  );
  const { QueueUrl } = await first.sqs.send(
    new CreateQueueCommand({ QueueName: 'kept', Attributes: { VisibilityTimeout: '77' } }),
  );
  await first.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'kept' }));
  await until(() => first.created.length === 1);
  const before = first.created[0]?.sequencer ?? '';
  await first.stop();

  const second = await startFixture({ dataFolder });
  try {
    const object = await second.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'kept/é' }));
    expect(object).toMatchObject({ ContentType: 'text/plain', CacheControl: 'no-cache' });
    expect(await object.Body?.transformToString()).toBe('kept');
    const { Contents } = await second.s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    expect(Contents?.[0]).toMatchObject({ Key: 'kept/é', Size: 4 });

    const queue = await second.sqs.send(new GetQueueUrlCommand({ QueueName: 'kept' }));
    expect(queue.QueueUrl?.startsWith(second.front.endpoint)).toBe(true);
    const { Messages } = await second.sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.QueueUrl }));
    expect(Messages?.[0]?.Body).toBe('kept');

    await second.s3.send(
      new PutObjectCommand({ Bucket: BUCKET, Key: 'kept/é', Body: 'changed', IfMatch: object.ETag }),
    );
    await until(() => second.created.length === 1);
    expect((second.created[0]?.sequencer ?? '') > before).toBe(true);
    await expect(
      second.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'kept/é', Body: 'x', IfNoneMatch: '*' })),
    ).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect(
      (await second.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'kept/é' }))).ContentLength,
    ).toBe(7);
  } finally {
    await second.stop();
  }
});
