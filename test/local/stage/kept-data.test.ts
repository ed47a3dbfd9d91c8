import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it, vi } from 'vitest';
import { type Stage, startStage } from '../../../local/stage.ts';
import { bundle, lambda, site, worked, writeAssembly } from './assembly-fixture.ts';

const clientsOf = ({ endpoints, region, credentials }: Stage): { s3: S3Client; sqs: SQSClient } => ({
  s3: new S3Client({ endpoint: endpoints.s3, region, credentials, forcePathStyle: true }),
  sqs: new SQSClient({ endpoint: endpoints.sqs, region, credentials }),
});

it('a stage with a data folder goes on where an earlier one stopped, on other ports', async () => {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'fanfare-data-'));
  const assembly = await writeAssembly(
    {
      kept: {
        resources: {
          ...site,
          Idle: { Type: 'AWS::SQS::Queue' },
          Worker: lambda('worker'),
          ...worked('Worker', {}, { VisibilityTimeout: 1 }),
        },
      },
    },
    {
      worker: bundle(`
        export const handler = async ({ Records }) => {
          console.log(JSON.stringify(Records.map(({ body }) => body)));
          if (process.env.AWS_ENDPOINT_URL_S3 === Records[0].body) throw new Error('not before the restart');
        };`),
    },
  );
  const first = await startStage({ assembly, dataFolder });
  {
    const { s3, sqs } = clientsOf(first);
    await s3.send(new PutObjectCommand({ Bucket: first.bucket('Pages'), Key: 'kept', Body: 'object' }));
    await sqs.send(new SendMessageCommand({ QueueUrl: first.queueUrl('Idle'), MessageBody: 'message' }));
    await sqs.send(
      new SendMessageCommand({ QueueUrl: first.queueUrl('Queue'), MessageBody: first.endpoints.s3 }),
    );
  }
  await first.stop();

  const lines: string[] = [];
  const second = await startStage({ assembly, dataFolder, log: (_source, line) => void lines.push(line) });
  try {
    const { s3, sqs } = clientsOf(second);
    expect(second.endpoints.s3).not.toBe(first.endpoints.s3);
    const object = await s3.send(new GetObjectCommand({ Bucket: second.bucket('Pages'), Key: 'kept' }));
    expect(await object.Body?.transformToString()).toBe('object');
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: second.queueUrl('Idle') }));
    expect(Messages?.map(({ Body }) => Body)).toEqual(['message']);
    // What the first one's function had not done is done now, after its visibility time-out.
    await vi.waitFor(() => expect(lines).toContain(JSON.stringify([first.endpoints.s3])), {
      timeout: 10_000,
      interval: 50,
    });
  } finally {
    await second.stop();
    await rm(dataFolder, { recursive: true });
  }
});
