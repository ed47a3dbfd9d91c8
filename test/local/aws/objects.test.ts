import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  PutObjectTaggingCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { requestS3 } from '../../../functions/kernel/s3-request.ts';
import { BUCKET, CREDENTIALS, type Fixture, REGION, startFixture, until } from './front-fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.stop());

async function put(key: string, body: string | Buffer, extra: object = {}): Promise<string> {
  const { ETag } = await fixture.s3.send(
    new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: body, ...extra }),
  );
  return ETag ?? '';
}

async function get(key: string, extra: object = {}): Promise<Buffer> {
  const { Body } = await fixture.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key, ...extra }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

const named = (name: string, status: number): object => ({
  name,
  $metadata: expect.objectContaining({ httpStatusCode: status }),
});

describe('objects', () => {
  it('keep bytes, type, cache control and metadata', async () => {
    const body = randomBytes(3_000_000);
    await put('a/b c+d é.bin', body, {
      ContentType: 'image/png',
      CacheControl: 'max-age=60',
      Metadata: { run: '7' },
    });
    expect((await get('a/b c+d é.bin')).equals(body)).toBe(true);
    const head = await fixture.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'a/b c+d é.bin' }));
    expect(head).toMatchObject({
      ContentType: 'image/png',
      CacheControl: 'max-age=60',
      Metadata: { run: '7' },
      ContentLength: 3_000_000,
    });
  });

  it('may be larger than any default limit', async () => {
    const body = randomBytes(30_000_000);
    await put('large', body);
    expect((await get('large')).equals(body)).toBe(true);
  });

  it('are stored decoded when the SDK streams them in chunks with a checksum behind', async () => {
    const body = randomBytes(200_000);
    const stream = Readable.from([body.subarray(0, 70_000), body.subarray(70_000)]);
    await fixture.s3.send(
      new PutObjectCommand({ Bucket: BUCKET, Key: 'chunked', Body: stream, ContentLength: body.length }),
    );
    expect((await get('chunked', { ChecksumMode: 'ENABLED' })).equals(body)).toBe(true);
  });

  it('may be empty', async () => {
    await put('empty', '', { ContentLength: 0 });
    expect(await get('empty')).toHaveLength(0);
    await expect(get('empty', { Range: 'bytes=0-9' })).rejects.toMatchObject(named('InvalidRange', 416));
  });

  it('can be read in ranges', async () => {
    await put('ranges', '0123456789');
    const part = await fixture.s3.send(
      new GetObjectCommand({ Bucket: BUCKET, Key: 'ranges', Range: 'bytes=2-4' }),
    );
    expect(part.$metadata.httpStatusCode).toBe(206);
    expect(part.ContentRange).toBe('bytes 2-4/10');
    expect(await part.Body?.transformToString()).toBe('234');
    expect(String(await get('ranges', { Range: 'bytes=8-99' }))).toBe('89');
    expect(String(await get('ranges', { Range: 'bytes=-3' }))).toBe('789');
    expect(String(await get('ranges', { Range: 'bytes=-99' }))).toBe('0123456789');
  });

  it('are listed by prefix in the order of their bytes, page after page', async () => {
    const keys = ['list/B', 'list/a', 'list/C', 'list/_', 'list/b/1', 'list/0'];
    for (const key of keys) await put(key, key);
    const listed: string[] = [];
    let token: string | undefined;
    do {
      const page = await fixture.s3.send(
        new ListObjectsV2Command({
          Bucket: BUCKET,
          Prefix: 'list/',
          MaxKeys: 2,
          ...(token !== undefined && { ContinuationToken: token }),
        }),
      );
      listed.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    expect(listed).toEqual(keys.toSorted());
  });

  it('are listed as folders with a delimiter', async () => {
    for (const key of ['tree/A', 'tree/x/1', 'tree/x/2', 'tree/Y/1', 'tree/z']) await put(key, key);
    const list = (extra: object): Promise<ListObjectsV2CommandOutput> =>
      fixture.s3.send(
        new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'tree/', Delimiter: '/', ...extra }),
      );
    const all = await list({});
    expect(all.CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(['tree/Y/', 'tree/x/']);
    expect(all.Contents?.map(({ Key }) => Key)).toEqual(['tree/A', 'tree/z']);
    const pages: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const page = await list({ MaxKeys: 2, ContinuationToken: token });
      pages.push(
        ...(page.Contents ?? []).map(({ Key }) => Key),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
      );
      token = page.NextContinuationToken;
    } while (token !== undefined);
    expect(pages).toEqual(['tree/A', 'tree/Y/', 'tree/x/', 'tree/z'].toSorted());
  });

  it('can be deleted, one or many', async () => {
    for (const key of ['del/1', 'del/2', 'del/3']) await put(key, key);
    await fixture.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'del/1' }));
    const { Deleted } = await fixture.s3.send(
      new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects: [{ Key: 'del/2' }, { Key: 'del/3' }] } }),
    );
    expect(Deleted).toHaveLength(2);
    await expect(get('del/2')).rejects.toMatchObject(named('NoSuchKey', 404));
  });
});

describe('what the local S3 does not have', () => {
  it('is refused instead of being taken for something else', async () => {
    await put('untagged', 'x');
    const tagging = new PutObjectTaggingCommand({
      Bucket: BUCKET,
      Key: 'untagged',
      Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] },
    });
    await expect(fixture.s3.send(tagging)).rejects.toMatchObject(named('NotImplemented', 501));
    expect(String(await get('untagged'))).toBe('x');
  });

  it('is told as NoSuchBucket when it is a bucket', async () => {
    const nowhere = { Bucket: 'nowhere', Key: 'x' };
    await expect(
      fixture.s3.send(new PutObjectCommand({ ...nowhere, Body: 'x', IfNoneMatch: '*' })),
    ).rejects.toMatchObject(named('NoSuchBucket', 404));
    await expect(fixture.s3.send(new GetObjectCommand(nowhere))).rejects.toMatchObject(
      named('NoSuchBucket', 404),
    );
  });
});

describe('conditional writes', () => {
  it('let exactly one of fifty create an object', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) => put('once', `writer ${index}`, { IfNoneMatch: '*' })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    for (const reason of refused) expect(reason).toMatchObject(named('PreconditionFailed', 412));
  });

  it('let exactly one of twenty replace the version all of them have read', async () => {
    const etag = await put('turns', 'first');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => put('turns', `second ${index}`, { IfMatch: etag })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('answer NoSuchKey to If-Match when there is nothing', async () => {
    await expect(put('nothing', 'x', { IfMatch: '"abc"' })).rejects.toMatchObject(named('NoSuchKey', 404));
  });

  it('delete only the version that is meant', async () => {
    const etag = await put('leaving', 'x');
    const remove = (IfMatch: string): Promise<unknown> =>
      fixture.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'leaving', IfMatch }));
    await expect(remove('"other"')).rejects.toMatchObject(named('PreconditionFailed', 412));
    expect(String(await get('leaving'))).toBe('x');
    await remove(etag);
    await expect(get('leaving')).rejects.toMatchObject(named('NoSuchKey', 404));
  });
});

describe('a locked bucket', () => {
  it('takes nothing without a checksum, however little a request says', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_S3', fixture.front.endpoint);
    vi.stubEnv('AWS_REGION', REGION);
    vi.stubEnv('AWS_ACCESS_KEY_ID', CREDENTIALS.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', CREDENTIALS.secretAccessKey);
    await fixture.s3.send(new CreateBucketCommand({ Bucket: 'locked' }));
    fixture.front.lock('locked');
    const write = { method: 'PUT', key: 'plain', body: '-' } as const;
    await expect(requestS3({ ...write, bucket: 'locked' })).rejects.toMatchObject({
      name: 'InvalidRequest',
      status: 400,
    });
    await requestS3({ ...write, bucket: BUCKET });
    const checksum = createHash('sha256').update('-').digest('base64');
    await requestS3({ ...write, bucket: 'locked', headers: { 'x-amz-checksum-sha256': checksum } });
    vi.unstubAllEnvs();
  });
});

describe('created objects', () => {
  it('are announced with growing sequencers for puts, copies and multipart uploads, and not for what fails', async () => {
    const etag = await put('events/put', 'put', { IfNoneMatch: '*' });
    await put('events/put', 'again', { IfNoneMatch: '*' }).catch(() => undefined);
    await fixture.s3.send(
      new CopyObjectCommand({ Bucket: BUCKET, Key: 'events/copy', CopySource: `${BUCKET}/events/put` }),
    );
    const target = { Bucket: BUCKET, Key: 'events/parts' };
    const { UploadId } = await fixture.s3.send(new CreateMultipartUploadCommand(target));
    const part = await fixture.s3.send(
      new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: 'part' }),
    );
    await fixture.s3.send(
      new CompleteMultipartUploadCommand({
        ...target,
        UploadId,
        MultipartUpload: { Parts: [{ PartNumber: 1, ETag: part.ETag }] },
      }),
    );
    await until(() => fixture.created.some(({ key }) => key === 'events/parts'));
    const events = fixture.created.filter(({ key }) => key.startsWith('events/'));
    expect(events.map(({ key, eventName, size }) => [key, eventName, size])).toEqual([
      ['events/put', 'ObjectCreated:Put', 3],
      ['events/copy', 'ObjectCreated:Copy', 3],
      ['events/parts', 'ObjectCreated:CompleteMultipartUpload', 4],
    ]);
    expect(events[0]?.etag).toBe(etag.replaceAll('"', ''));
    const sequencers = events.map(({ sequencer }) => sequencer);
    expect(sequencers).toEqual(sequencers.toSorted());
    expect(new Set(sequencers).size).toBe(3);
  });
});

describe('ordered faults', () => {
  it('refuse so many writes and store nothing', async () => {
    fixture.front.failWrites({ bucket: BUCKET, keyPrefix: 'faulty/', times: 2 });
    fixture.front.failWrites({ keyPrefix: 'slow/', times: 1, status: 503 });
    await expect(put('faulty/1', 'x')).rejects.toMatchObject(named('InternalError', 500));
    await put('fine/1', 'x');
    await expect(put('faulty/1', 'x')).rejects.toMatchObject(named('InternalError', 500));
    await expect(get('faulty/1')).rejects.toMatchObject(named('NoSuchKey', 404));
    await put('faulty/1', 'x');
    await expect(put('slow/1', 'x')).rejects.toMatchObject(named('SlowDown', 503));
    await put('slow/1', 'x');
  });
});
