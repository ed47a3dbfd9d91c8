import { createHash } from 'node:crypto';
import { ListObjectsV2Command, type ListObjectsV2CommandOutput, S3Client } from '@aws-sdk/client-s3';
import type * as z from 'zod';
import { type AwsAnswer, AwsRequestError } from './aws-request.ts';
import { requestS3, type S3Request } from './s3-request.ts';

/**
 * The SDK's client, one an execution environment, for what is not asked in every job: listings, copies. Objects are got, put and deleted by
 * the functions below, without it. Retries stay with it (3 attempts). Checksums beyond those that S3 requires are left out: TLS guards the way. What each kind
 * of request goes through in the SDK is put together once, not for every request.
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
    const { headers, body } = await requestS3({
      method: 'GET',
      bucket,
      key,
      ...(length === undefined ? {} : { headers: { range: `bytes=0-${length - 1}` } }),
    });
    const total = headers['content-range']?.split('/')[1];
    return {
      bytes: body,
      etag: headers.etag ?? '',
      size: total === undefined ? body.byteLength : Number(total),
    };
  } catch (error) {
    if (error instanceof AwsRequestError && error.name === 'NoSuchKey') {
      return undefined;
    }
    // A range of an empty object cannot be satisfied.
    if (error instanceof AwsRequestError && error.name === 'InvalidRange') {
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
  const written = await unlessChanged({
    method: 'PUT',
    bucket,
    key,
    headers: {
      'content-type': 'application/json',
      ...(expected === 'absent' ? { 'if-none-match': '*' } : { 'if-match': expected.version }),
    },
    body: JSON.stringify(value),
  });
  return written?.headers.etag;
}

/** What a stored object is served with. */
export interface ObjectHeaders {
  readonly contentType: string;
  readonly cacheControl: string;
}

/**
 * Writes an object, whatever was there before.
 *
 * @param served @default as bytes that say nothing of themselves
 */
export async function putObject(
  bucket: string,
  key: string,
  body: Uint8Array,
  served?: ObjectHeaders,
): Promise<void> {
  const headers: Record<string, string> =
    served === undefined ? {} : { 'content-type': served.contentType, 'cache-control': served.cacheControl };
  await requestS3({ method: 'PUT', bucket, key, headers, body });
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
  const written = await unlessChanged({
    method: 'PUT',
    bucket,
    key,
    headers: {
      'content-type': contentType,
      'if-none-match': '*',
      'x-amz-checksum-sha256': createHash('sha256').update(body).digest('base64'),
    },
    body,
  });
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
  await requestS3({ method: 'DELETE', bucket, key });
}

/** Deletes an object only if it is the version read before. Answers false when somebody else has written or deleted it. */
export async function deleteObjectIf(bucket: string, key: string, version: string): Promise<boolean> {
  const headers = { 'if-match': version };
  return (await unlessChanged({ method: 'DELETE', bucket, key, headers })) !== undefined;
}

/** What a conditional request answers; undefined when its condition does not hold. */
async function unlessChanged(request: S3Request): Promise<AwsAnswer | undefined> {
  try {
    return await requestS3(request);
  } catch (error) {
    if (error instanceof AwsRequestError && [404, 409, 412].includes(error.status)) {
      return undefined;
    }
    throw error;
  }
}
