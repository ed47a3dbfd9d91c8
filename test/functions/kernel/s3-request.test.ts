import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getObject, headObject, putJsonIf, putObject } from '../../../functions/kernel/s3.ts';
import { AwsRequestError } from '../../../functions/kernel/aws-request.ts';
import { requestS3 } from '../../../functions/kernel/s3-request.ts';

interface Seen {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** What S3 does with one request. */
type Behaviour = (response: ServerResponse) => void;

const seen: Seen[] = [];
const behaviours: Behaviour[] = [];
const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { method, url, headers } = request;
  seen.push({ line: `${method} ${url}`, headers, body: await buffer(request) });
  const behave = behaviours.shift() ?? fails(500, 'TestHasNoAnswer');
  behave(response);
};
const server = createServer((request, response) => void answer(request, response));

const answers =
  (body: string | Buffer, headers: Record<string, string> = {}, status = 200): Behaviour =>
  (response) => {
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
  };
const fails = (status: number, code: string): Behaviour =>
  answers(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>In words.</Message></Error>`, {}, status);
const breaks: Behaviour = (response) => void response.socket?.destroy();
const breaksWithin: Behaviour = (response) => {
  response.writeHead(200, { 'content-length': 100 }).write('half of it');
  response.socket?.end();
};

const environment = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIATEST',
  AWS_SECRET_ACCESS_KEY: 'secret',
};
const before = { ...process.env };

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  Object.assign(process.env, environment, { AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}` });
});
afterAll(async () => {
  process.env = before;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});
beforeEach(() => {
  seen.length = 0;
  behaviours.length = 0;
});

describe('a request to S3', () => {
  it('names the object in its path, encoded as S3 signs it', async () => {
    behaviours.push(answers('it'));
    await getObject('uploads', "people/Zoë's photo (1)*.jpg");
    expect(seen[0]?.line).toBe('GET /uploads/people/Zo%C3%AB%27s%20photo%20%281%29%2A.jpg');
  });

  it.each([
    ['S3 has too much to do', fails(503, 'SlowDown')],
    ['S3 fails', fails(500, 'InternalError')],
    ['S3 has waited too long for the body', fails(400, 'RequestTimeout')],
    ['the connection breaks before the answer', breaks],
    ['the connection breaks within the answer', breaksWithin],
  ])('is tried three times in all when %s', async (_, failure) => {
    behaviours.push(failure, failure, answers('at last'));
    const { body } = await requestS3({ method: 'GET', bucket: 'uploads', key: 'photo' });
    expect(body.toString()).toBe('at last');
    expect(seen).toHaveLength(3);
  });

  it('fails with what S3 said last', async () => {
    behaviours.push(breaks, fails(500, 'InternalError'), fails(503, 'SlowDown'));
    const failed = requestS3({ method: 'PUT', bucket: 'results', key: 'picture', body: 'bytes' });
    await expect(failed).rejects.toMatchObject({ name: 'SlowDown', message: 'In words.', status: 503 });
    expect(seen.map(({ body }) => body.toString())).toEqual(['bytes', 'bytes', 'bytes']);
  });

  it('is tried once when S3 refuses it', async () => {
    behaviours.push(fails(403, 'AccessDenied'));
    await expect(getObject('uploads', 'photo')).rejects.toThrow(AwsRequestError);
    expect(seen).toHaveLength(1);
  });
});

describe('an object of S3', () => {
  it('comes whole, with its version', async () => {
    const photo = Buffer.alloc(1_750_000, 'photo');
    behaviours.push(answers(photo, { etag: '"v1"' }));
    const object = await getObject('uploads', 'photo');
    expect(object?.size).toBe(photo.length);
    expect(object?.etag).toBe('"v1"');
    expect(photo.equals(object?.bytes ?? Buffer.alloc(0))).toBe(true);
  });

  it('comes whole also when S3 does not say how long it is', async () => {
    behaviours.push((response) => {
      response.writeHead(200);
      response.write('one ');
      response.end('after another');
    });
    const object = await getObject('uploads', 'photo');
    expect(Buffer.from(object?.bytes ?? []).toString()).toBe('one after another');
  });

  it('tells the size of the whole when its beginning was asked for', async () => {
    behaviours.push(answers('begin', { 'content-range': 'bytes 0-4/1234' }, 206));
    expect(await getObject('uploads', 'photo', 5)).toMatchObject({ size: 1234 });
    expect(seen[0]?.headers.range).toBe('bytes=0-4');
  });

  it('is nothing when there is none, and empty when it has no beginning', async () => {
    behaviours.push(fails(404, 'NoSuchKey'), fails(416, 'InvalidRange'));
    expect(await getObject('uploads', 'photo')).toBeUndefined();
    expect(await getObject('uploads', 'photo', 5)).toMatchObject({ size: 0 });
  });

  it('is looked at without being read', async () => {
    behaviours.push(
      (response) => void response.writeHead(200, { etag: '"v1"', 'content-length': 20_000_000 }).end(),
      (response) => void response.writeHead(404).end(),
      (response) => void response.writeHead(403).end(),
    );
    expect(await headObject('uploads', 'photo')).toEqual({ etag: '"v1"', size: 20_000_000 });
    expect(await headObject('uploads', 'photo')).toBeUndefined();
    await expect(headObject('uploads', 'photo')).rejects.toMatchObject({ name: 'Http403' });
    expect(seen.map(({ line }) => line)).toEqual(Array.from({ length: 3 }, () => 'HEAD /uploads/photo'));
  });

  it('is missed loudly when its bucket is missing', async () => {
    behaviours.push(fails(404, 'NoSuchBucket'));
    await expect(getObject('nowhere', 'photo')).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('is written only as expected: as new, or over the version that was read', async () => {
    behaviours.push(answers('', { etag: '"v1"' }), answers('', { etag: '"v2"' }));
    expect(await putJsonIf('results', 'jobs/1.json', { state: 'é' }, 'absent')).toBe('"v1"');
    expect(await putJsonIf('results', 'jobs/1.json', {}, { version: '"v1"' })).toBe('"v2"');
    expect(seen.map(({ headers }) => [headers['if-none-match'], headers['if-match']])).toEqual([
      ['*', undefined],
      [undefined, '"v1"'],
    ]);
    expect(seen[0]?.headers['content-type']).toBe('application/json');
    expect(seen[0]?.body.toString()).toBe('{"state":"é"}');
  });

  it.each([404, 409, 412])('is not written when S3 answers %i to its condition', async (status) => {
    behaviours.push(fails(status, 'PreconditionFailed'));
    expect(await putJsonIf('results', 'jobs/1.json', {}, { version: '"v1"' })).toBeUndefined();
    expect(seen).toHaveLength(1);
  });

  it('is stored with what it is served with', async () => {
    behaviours.push(answers(''));
    const headers = { contentType: 'image/jpeg', cacheControl: 'immutable' };
    await putObject('results', 'picture.jpg', Buffer.from([1, 2, 3]), headers);
    expect(seen[0]?.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'immutable',
      'content-length': '3',
    });
    expect([...(seen[0]?.body ?? [])]).toEqual([1, 2, 3]);
  });
});
