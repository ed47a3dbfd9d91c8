import { createHash } from 'node:crypto';
import type * as z from 'zod';
import { type AwsAnswer, AwsRequestError } from './aws-request.ts';
import { requestS3, type S3Request } from './s3-request.ts';

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

/** The version of an object and its size in bytes; undefined when there is none. */
export async function headObject(bucket: string, key: string): Promise<Omit<S3Object, 'bytes'> | undefined> {
  try {
    const { headers } = await requestS3({ method: 'HEAD', bucket, key });
    return { etag: headers.etag ?? '', size: Number(headers['content-length']) };
  } catch (error) {
    // An answer without a body does not say what there is none of.
    if (error instanceof AwsRequestError && error.status === 404) {
      return undefined;
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
  readonly cacheControl?: string;
}

/**
 * Writes an object, whatever was there before.
 *
 * @param served @default as bytes that say nothing of themselves
 */
export async function putObject(
  bucket: string,
  key: string,
  body: string | Uint8Array,
  served?: ObjectHeaders,
): Promise<void> {
  const { contentType, cacheControl } = served ?? {};
  const headers = {
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
    ...(cacheControl === undefined ? {} : { 'cache-control': cacheControl }),
  };
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
