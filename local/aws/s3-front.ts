import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { byteRange } from './byte-range.ts';
import { checkWriteConditions } from './conditional-writes.ts';
import { type CorsRule, preflightHeaders, responseHeaders } from './cors.ts';
import type { CreatedObjects, StoredObject } from './created-objects.ts';
import { type ReadPost, readPost, storePost } from './post-upload.ts';
import { isPresigned, verifyPresignedUrl } from './presigned-url.ts';
import { S3Error } from './s3-error.ts';
import { findObject, s3Target, type S3Target } from './s3-target.ts';
import type { Credentials } from './sigv4.ts';
import type { S3Store } from './stores.ts';
import { refuseUnsupported } from './unsupported-subresources.ts';
import type { WriteFaults } from './write-faults.ts';

/** The largest object of one request. */
const LARGEST_BODY = 5 * 1024 ** 3;

export interface S3FrontOptions {
  store: S3Store;
  region: string;
  credentials: Credentials;
  corsRules: ReadonlyMap<string, readonly CorsRule[]>;
  lockedBuckets: ReadonlySet<string>;
  created: CreatedObjects;
  faults: WriteFaults;
}

/** Adds to fauxqs what S3 does beyond it: CORS, presigned requests, conditions on writes, events, large bodies. */
export function frontS3(app: FastifyInstance, options: S3FrontOptions): void {
  const { store, corsRules, created, faults } = options;
  const posts = new WeakMap<FastifyRequest, ReadPost>();

  app.removeContentTypeParser('*');
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST_BODY }, (_request, body, done) =>
    done(null, body),
  );
  app.addContentTypeParser(
    'multipart/form-data',
    { bodyLimit: LARGEST_BODY },
    async (request: FastifyRequest, payload: IncomingMessage) => {
      if (!isFormUpload(request)) return Buffer.concat(await payload.toArray());
      posts.set(request, await readPost(request.raw, options));
      return undefined;
    },
  );
  app.options('/*', (request, reply) => {
    reply.headers(preflight(request, corsRules)).send();
  });

  app.addHook('onRequest', (request, reply, done) => {
    const { origin } = request.headers;
    const target = s3Target(request.url);
    if (origin !== undefined && target !== undefined && request.method !== 'OPTIONS') {
      reply.headers(
        responseHeaders(corsRules.get(target.bucket), { origin, method: request.method, headers: [] }),
      );
    }
    if (target !== undefined) refuseUnsupported(request.method, target);
    if (isPresigned(request.url)) {
      verifyPresignedUrl(
        { method: request.method, url: request.url, headers: request.headers },
        options.region,
        options.credentials,
        Date.now(),
      );
    }
    done();
  });

  // A hook with a callback, not a promise: the check and the write of the handler after it are one turn of the event loop,
  // so that of many conditional writes to a key exactly one succeeds.
  app.addHook('preHandler', (request, reply, done) => {
    const target = s3Target(request.url);
    if (target === undefined) return done();
    const { range } = request.headers;
    if (range !== undefined && request.method === 'GET') {
      const size = findObject(store, target)?.contentLength;
      if (size !== undefined) request.headers.range = byteRange(range, size);
    }
    const post = posts.get(request);
    if (post !== undefined) {
      const { status, headers, body } = storePost(post, target.bucket, request.headers.host, options);
      reply.status(status).headers(headers).send(body);
      return;
    }
    if (isWrite(request.method, target)) {
      faults.check(target.bucket, target.key);
      if (options.lockedBuckets.has(target.bucket)) requireChecksum(request);
    }
    if (target.key !== '' && (request.method === 'PUT' || request.method === 'DELETE')) {
      request.body ??= Buffer.alloc(0);
      const conditions = {
        ifMatch: request.headers['if-match'],
        ifNoneMatch: one(request.headers['if-none-match']),
      };
      checkWriteConditions(request.method, conditions, () => findObject(store, target)?.etag, target.key);
    }
    done();
  });

  app.addHook('onSend', (request, reply, _payload, done) => {
    const target = s3Target(request.url);
    const eventName =
      target === undefined || reply.statusCode !== 200 ? undefined : creation(request, target);
    if (target !== undefined && eventName !== undefined) {
      const { contentLength, etag } = store.headObject(target.bucket, target.key);
      created.announce({ bucket: target.bucket, key: target.key, size: contentLength, etag, eventName });
    }
    done();
  });
}

function preflight(
  request: FastifyRequest,
  corsRules: ReadonlyMap<string, readonly CorsRule[]>,
): Record<string, string> {
  const { origin } = request.headers;
  const method = request.headers['access-control-request-method'];
  if (origin === undefined)
    throw new S3Error(400, 'BadRequest', 'Insufficient information. Origin request header needed.');
  if (method === undefined)
    throw new S3Error(400, 'BadRequest', 'Invalid Access-Control-Request-Method: null');
  const headers = (one(request.headers['access-control-request-headers']) ?? '')
    .split(',')
    .map((name) => name.trim());
  const rules = corsRules.get(s3Target(request.url)?.bucket ?? '');
  return preflightHeaders(rules, { origin, method, headers: headers.filter((name) => name !== '') });
}

function isFormUpload(request: FastifyRequest): boolean {
  return request.method === 'POST' && s3Target(request.url)?.key === '';
}

function isWrite(method: string, { key, query }: S3Target): boolean {
  return key !== '' && (method === 'PUT' || (method === 'POST' && query.has('uploadId')));
}

/** Source: Amazon S3 API reference, "PutObject", on buckets whose Object Lock has a default retention. */
function requireChecksum({ method, headers }: FastifyRequest): void {
  const has = Object.keys(headers).some(
    (name) => name === 'content-md5' || name.startsWith('x-amz-checksum-') || name === 'x-amz-trailer',
  );
  if (method === 'PUT' && !has) {
    throw new S3Error(
      400,
      'InvalidRequest',
      'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
    );
  }
}

/** The event of a successful request; undefined when it has created no object. */
function creation(request: FastifyRequest, { key, query }: S3Target): StoredObject['eventName'] | undefined {
  if (key === '') return undefined;
  if (request.method === 'POST')
    return query.has('uploadId') ? 'ObjectCreated:CompleteMultipartUpload' : undefined;
  if (request.method !== 'PUT' || query.has('uploadId') || query.has('renameObject')) return undefined;
  return request.headers['x-amz-copy-source'] === undefined ? 'ObjectCreated:Put' : 'ObjectCreated:Copy';
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
