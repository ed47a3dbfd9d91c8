import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { checkWriteConditions } from './conditional-writes.ts';
import { type CorsRule, preflightHeaders, responseHeaders } from './cors.ts';
import type { CreatedObjects, StoredObject } from './created-objects.ts';
import { type PostForm, readPostForm } from './post-form.ts';
import type { PostPolicy } from './post-policy.ts';
import { authorisePost, checkPostSize, postAnswer, postKey } from './presigned-post.ts';
import { isPresigned, verifyPresignedUrl } from './presigned-url.ts';
import { S3Error } from './s3-error.ts';
import { s3Target, type S3Target } from './s3-target.ts';
import type { Credentials } from './sigv4.ts';
import { type S3Store, StoreError } from './stores.ts';
import type { WriteFaults } from './write-faults.ts';

/** The largest object of one request. */
const LARGEST_BODY = 5 * 1024 ** 3;

export interface S3FrontOptions {
  store: S3Store;
  region: string;
  credentials: Credentials;
  corsRules: ReadonlyMap<string, readonly CorsRule[]>;
  created: CreatedObjects;
  faults: WriteFaults;
}

/** A POST upload that has been read: its form and policy, or why it is refused. */
type ReadPost = { form: PostForm; policy: PostPolicy } | { refused: S3Error };

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
      posts.set(request, await readPost(request, options));
      return undefined;
    },
  );
  app.setErrorHandler((error, _request, reply) => answerError(reply, error));
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
    const post = posts.get(request);
    if (post !== undefined) return storePost(post, target.bucket, request, reply, options);
    if (isWrite(request.method, target)) faults.check(target.bucket, target.key);
    if (target.key !== '' && (request.method === 'PUT' || request.method === 'DELETE')) {
      request.body ??= Buffer.alloc(0);
      const conditions = {
        ifMatch: request.headers['if-match'],
        ifNoneMatch: one(request.headers['if-none-match']),
      };
      checkWriteConditions(request.method, conditions, () => findEtag(store, target), target.key);
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

async function readPost(request: FastifyRequest, { region, credentials }: S3FrontOptions): Promise<ReadPost> {
  const bucket = s3Target(request.url)?.bucket ?? '';
  const length = request.headers['content-length'];
  const headers = {
    contentType: request.headers['content-type'] ?? '',
    contentLength: length === undefined ? undefined : Number(length),
  };
  let policy: PostPolicy | undefined;
  try {
    const form = await readPostForm(request.raw, headers, (head) => {
      policy = authorisePost(head, { bucket, region, credentials, now: Date.now() });
      return policy.maximumSize;
    });
    if (policy === undefined) throw new Error('A form was read without its policy');
    return { form, policy };
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    // The rest is read and dropped: a browser that is still sending would otherwise see a broken connection, not the answer.
    request.raw.resume();
    return { refused: error };
  }
}

function storePost(
  post: ReadPost,
  bucket: string,
  request: FastifyRequest,
  reply: FastifyReply,
  options: S3FrontOptions,
): void {
  if ('refused' in post) throw post.refused;
  const { form, policy } = post;
  const key = postKey(form);
  checkPostSize(form, policy);
  if (!options.store.hasBucket(bucket)) {
    throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist', { BucketName: bucket });
  }
  options.faults.check(bucket, key);
  const metadata = [...form.fields]
    .filter(([name]) => name.startsWith('x-amz-meta-'))
    .map(([name, value]) => [name.slice('x-amz-meta-'.length), value]);
  const optional = (name: string): string => form.fields.get(name) ?? '';
  const { etag } = options.store.putObject(
    bucket,
    key,
    form.file,
    form.fields.get('content-type') ?? 'binary/octet-stream',
    Object.fromEntries(metadata),
    {
      cacheControl: optional('cache-control'),
      contentDisposition: optional('content-disposition'),
      contentEncoding: optional('content-encoding'),
      contentLanguage: optional('content-language'),
    },
  );
  options.created.announce({ bucket, key, size: form.file.length, etag, eventName: 'ObjectCreated:Post' });
  const location = `http://${request.headers.host}/${bucket}/${encodeURIComponent(key)}`;
  const { status, headers, body } = postAnswer(form.fields, { bucket, key, etag, location });
  reply.status(status).headers(headers).send(body);
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

/** The event of a successful request; undefined when it has created no object. */
function creation(request: FastifyRequest, { key, query }: S3Target): StoredObject['eventName'] | undefined {
  if (key === '') return undefined;
  if (request.method === 'POST')
    return query.has('uploadId') ? 'ObjectCreated:CompleteMultipartUpload' : undefined;
  if (request.method !== 'PUT' || query.has('uploadId') || query.has('renameObject')) return undefined;
  return request.headers['x-amz-copy-source'] === undefined ? 'ObjectCreated:Put' : 'ObjectCreated:Copy';
}

function findEtag(store: S3Store, { bucket, key }: S3Target): string | undefined {
  try {
    return store.headObject(bucket, key).etag;
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}

function answerError(reply: FastifyReply, error: unknown): void {
  const known = error instanceof S3Error;
  if (!known) console.error(error);
  const answer = known
    ? error
    : new S3Error(500, 'InternalError', 'We encountered an internal error. Please try again.');
  reply.status(answer.statusCode).header('content-type', 'application/xml').send(answer.toXml());
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
