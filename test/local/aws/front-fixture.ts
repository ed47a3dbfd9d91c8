import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type AwsFront, type ObjectCreated, startAwsFront } from '../../../local/aws/aws-front.ts';

export const REGION = 'eu-west-1';
export const CREDENTIALS = { accessKeyId: 'AKIALOCAL', secretAccessKey: 'local-secret' };
export const BUCKET = 'photos';
export const ORIGIN = 'http://localhost:5173';

export interface Fixture {
  front: AwsFront;
  s3: S3Client;
  sqs: SQSClient;
  created: ObjectCreated[];
  stop: () => Promise<void>;
}

/** A front on a free port with one bucket, the SDK's clients for it, and what it has announced. */
export async function startFixture(
  options: { dataFolder?: string; sessionToken?: string } = {},
): Promise<Fixture> {
  const { dataFolder, sessionToken } = options;
  const credentials = { ...CREDENTIALS, ...(sessionToken !== undefined && { sessionToken }) };
  const front = await startAwsFront({
    region: REGION,
    credentials,
    ...(dataFolder !== undefined && { dataFolder }),
  });
  const client = { region: REGION, credentials, endpoint: front.endpoint, maxAttempts: 1 };
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const sqs = new SQSClient(client);
  const created: ObjectCreated[] = [];
  front.onObjectCreated((each) => created.push(each));
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const stop = async (): Promise<void> => {
    s3.destroy();
    sqs.destroy();
    await front.stop();
  };
  return { front, s3, sqs, created, stop };
}

/** Waits until a condition holds; fails after ten seconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Never became true: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
