import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkWriteConditions } from './conditional-writes.ts';
import { GatheredBytes } from './gathered-bytes.ts';
import { type AnswerPlain, refuse, requestIds } from './plain-requests.ts';
import { S3Error } from './s3-error.ts';
import type { S3FrontOptions } from './s3-front.ts';
import { findObject, s3Target } from './s3-target.ts';

/** Whatever else a request says, it is read by who knows more of S3. */
const plainHeaders: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'amz-sdk-invocation-id',
  'amz-sdk-request',
  'authorization',
  'cache-control',
  'connection',
  'content-length',
  'content-type',
  'host',
  'if-match',
  'if-none-match',
  'range',
  'user-agent',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-user-agent',
  'x-amzn-trace-id',
]);

/** Bytes for which room is made before they have come. */
const largestBody = 64 * 1024 ** 2;

type PlainObjectsOptions = Pick<S3FrontOptions, 'store' | 'created' | 'faults' | 'lockedBuckets'> & {
  /** Takes the method of each request that is answered here: AWS would bill it. */
  readonly count: (method: 'GET' | 'PUT') => void;
};

/** Answers the getting and putting of whole objects and their beginnings. */
export const plainObjects =
  (options: PlainObjectsOptions): AnswerPlain =>
  (incoming, outgoing) =>
    getPlain(incoming, outgoing, options) || putPlain(incoming, outgoing, options);

interface Place {
  readonly bucket: string;
  readonly key: string;
}

/** The object that a plain request is about. */
function plainTarget({ url = '', headers }: IncomingMessage): Place | undefined {
  if (url.includes('?')) {
    return undefined;
  }
  for (const name in headers) {
    if (!plainHeaders.has(name)) {
      return undefined;
    }
  }
  const target = s3Target(url);
  return target === undefined || target.key === '' ? undefined : target;
}

/** False when it is not a plain request, or its range needs more than a look. */
function getPlain(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { store, count }: PlainObjectsOptions,
): boolean {
  const { method, headers } = incoming;
  if (method !== 'GET' || headers['if-match'] !== undefined || headers['if-none-match'] !== undefined) {
    return false;
  }
  const target = plainTarget(incoming);
  if (target === undefined || !store.hasBucket(target.bucket)) {
    return false;
  }
  const found = findObject(store, target);
  if (found === undefined) {
    count('GET');
    refuse(outgoing, new S3Error(404, 'NoSuchKey', 'The specified key does not exist.', { Key: target.key }));
    return true;
  }
  const part = partOf(headers.range, found.contentLength);
  if (part === undefined) {
    return false;
  }
  count('GET');
  const { body, ...object } = store.getObject(target.bucket, target.key);
  outgoing.writeHead(part.isWhole ? 200 : 206, {
    ...Object.fromEntries(
      Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]),
    ),
    ...(object.contentLanguage && { 'content-language': object.contentLanguage }),
    ...(object.contentDisposition && { 'content-disposition': object.contentDisposition }),
    ...(object.cacheControl && { 'cache-control': object.cacheControl }),
    ...(object.contentEncoding && { 'content-encoding': object.contentEncoding }),
    ...(part.isWhole ? {} : { 'content-range': `bytes ${part.first}-${part.last}/${body.length}` }),
    ...requestIds(),
    'content-type': object.contentType,
    'content-length': part.last - part.first + 1,
    etag: object.etag,
    'last-modified': object.lastModified.toUTCString(),
  });
  outgoing.end(part.isWhole ? body : body.subarray(part.first, part.last + 1));
  return true;
}

interface Part {
  readonly isWhole: boolean;
  readonly first: number;
  readonly last: number;
}

/** Undefined for a range that is not simply from one byte to another, or that cannot be satisfied. */
function partOf(range: string | undefined, size: number): Part | undefined {
  if (range === undefined) {
    return { isWhole: true, first: 0, last: size - 1 };
  }
  const [, from, to] = /^bytes=(\d{1,15})-(\d{1,15})$/u.exec(range) ?? [];
  const first = Number(from);
  const last = Math.min(Number(to), size - 1);
  return from !== undefined && first <= last ? { isWhole: false, first, last } : undefined;
}

/** False when it is not a plain request, or refused: a locked bucket demands more of a write than a plain one says. */
function putPlain(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  options: PlainObjectsOptions,
): boolean {
  const length = Number(incoming.headers['content-length'] ?? Number.NaN);
  const target = incoming.method === 'PUT' && length <= largestBody ? plainTarget(incoming) : undefined;
  if (target === undefined || options.lockedBuckets.has(target.bucket)) {
    return false;
  }
  options.count('PUT');
  const body = new GatheredBytes();
  body.expect(length);
  incoming.on('data', (part: Buffer) => body.add(part));
  // A caller that leaves in the middle has not put anything.
  incoming.on('error', () => outgoing.destroy());
  incoming.on('end', () => {
    try {
      const etag = put(target, body.bytes(), incoming.headers, options);
      outgoing.writeHead(200, { ...requestIds(), etag, 'content-length': 0 }).end();
    } catch (error) {
      if (!(error instanceof S3Error)) {
        throw error;
      }
      refuse(outgoing, error);
    }
  });
  return true;
}

/** Checks and writes in one turn of the event loop, so that of many conditional writes to a key exactly one succeeds. Answers the ETag. */
function put(
  { bucket, key }: Place,
  body: Buffer,
  headers: IncomingMessage['headers'],
  { store, faults, created }: PlainObjectsOptions,
): string {
  faults.check(bucket, key);
  if (!store.hasBucket(bucket)) {
    throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist', { BucketName: bucket });
  }
  const conditions = { ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] };
  checkWriteConditions('PUT', conditions, () => findObject(store, { bucket, key })?.etag, key);
  const { etag } = store.putObject(
    bucket,
    key,
    body,
    headers['content-type'] ?? 'application/octet-stream',
    {},
    headers['cache-control'] === undefined ? {} : { cacheControl: headers['cache-control'] },
  );
  created.announce({ bucket, key, size: body.length, etag, eventName: 'ObjectCreated:Put' });
  return etag;
}
