import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type * as z from 'zod';

/**
 * One client an execution environment. Retries stay with the SDK (3 attempts). Checksums beyond those that S3 requires are left out: TLS guards the way, and
 * they cost as much time as the rest of a small request. What each kind of request goes through in the SDK is put together once, not for every request.
 */
export const s3 = new S3Client({
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
  cacheMiddleware: true,
});

export interface S3Object {
  readonly bytes: Uint8Array;
  readonly etag: string;
  /** Size of the whole object, also when a range was read. */
  readonly size: number;
}

/** An object or its first `length` bytes; undefined when there is none. */
export async function getObject(bucket: string, key: string, length?: number): Promise<S3Object | undefined> {
  try {
    const answer = await s3.send(
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ...(length === undefined ? {} : { Range: `bytes=0-${length - 1}` }),
      }),
    );
    const bytes = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
    const total = answer.ContentRange?.split('/')[1];
    return {
      bytes,
      etag: answer.ETag ?? '',
      size: total === undefined ? bytes.byteLength : Number(total),
    };
  } catch (error) {
    if (error instanceof NoSuchKey) {
      return undefined;
    }
    // A range of an empty object cannot be satisfied.
    if (error instanceof S3ServiceException && error.name === 'InvalidRange') {
      return { bytes: new Uint8Array(), etag: '', size: 0 };
    }
    throw error;
  }
}

/** A JSON object checked by its schema, with its ETag; undefined when there is none. */
export async function getJson<Schema extends z.ZodType>(
  bucket: string,
  key: string,
  schema: Schema,
): Promise<{ value: z.infer<Schema>; version: string } | undefined> {
  const object = await getObject(bucket, key);
  return object === undefined
    ? undefined
    : { value: schema.parse(JSON.parse(Buffer.from(object.bytes).toString('utf8'))), version: object.etag };
}

/**
 * Writes JSON only if the object is as expected: `'absent'`, or an ETag read before. Answers the new ETag; undefined when it is not (somebody else wrote or
 * deleted it).
 * Source: Amazon S3 user guide, "Conditional writes".
 */
export async function putJsonIf(
  bucket: string,
  key: string,
  value: unknown,
  expected: 'absent' | { readonly version: string },
): Promise<string | undefined> {
  const written = await unlessChanged(() =>
    s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: JSON.stringify(value),
        ContentType: 'application/json',
        ...(expected === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: expected.version }),
      }),
    ),
  );
  return written?.ETag;
}

/** Writes an object, whatever is there. */
export async function putObject(bucket: string, key: string, body: Uint8Array): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
}

/**
 * Writes an object where none is. False when there is one: it stays as it is. The checksum is what S3 demands for a bucket with Object Lock.
 * Source: Amazon S3 user guide, "Object Lock considerations".
 */
export async function createObject(
  bucket: string,
  key: string,
  body: Uint8Array,
  contentType: string,
): Promise<boolean> {
  const written = await unlessChanged(() =>
    s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: contentType,
        ChecksumSHA256: createHash('sha256').update(body).digest('base64'),
        IfNoneMatch: '*',
      }),
    ),
  );
  return written !== undefined;
}

/** Keys that begin with `prefix`, in the order of their bytes, each page asked for when it is needed. */
export async function* listKeys(
  bucket: string,
  prefix: string,
  options: { readonly startAfter?: string; readonly pageSize?: number } = {},
): AsyncGenerator<string> {
  for await (const { Contents } of listPages(bucket, prefix, options)) {
    for (const { Key } of Contents ?? []) {
      if (Key !== undefined) {
        yield Key;
      }
    }
  }
}

/** What follows `prefix` in keys up to the next slash, each once, with `prefix` before it and the slash behind it. */
export async function* listFolders(bucket: string, prefix: string): AsyncGenerator<string> {
  for await (const { CommonPrefixes } of listPages(bucket, prefix, { delimiter: '/' })) {
    for (const { Prefix } of CommonPrefixes ?? []) {
      if (Prefix !== undefined) {
        yield Prefix;
      }
    }
  }
}

async function* listPages(
  bucket: string,
  prefix: string,
  options: { readonly startAfter?: string; readonly pageSize?: number; readonly delimiter?: string },
): AsyncGenerator<ListObjectsV2CommandOutput> {
  let next: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        StartAfter: options.startAfter,
        MaxKeys: options.pageSize,
        Delimiter: options.delimiter,
        ContinuationToken: next,
      }),
    );
    yield page;
    next = page.NextContinuationToken;
  } while (next !== undefined);
}

/** Deletes an object; one that is not there is fine. */
export async function deleteObject(bucket: string, key: string): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

/** Deletes an object only if it is the version read before. Answers false when somebody else has written or deleted it. */
export async function deleteObjectIf(bucket: string, key: string, version: string): Promise<boolean> {
  const deleted = await unlessChanged(() =>
    s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, IfMatch: version })),
  );
  return deleted !== undefined;
}

/** What a conditional request answers; undefined when its condition does not hold. */
async function unlessChanged<Output>(request: () => Promise<Output>): Promise<Output | undefined> {
  try {
    return await request();
  } catch (error) {
    if (
      error instanceof S3ServiceException &&
      [404, 409, 412].includes(error.$metadata.httpStatusCode ?? 0)
    ) {
      return undefined;
    }
    throw error;
  }
}
