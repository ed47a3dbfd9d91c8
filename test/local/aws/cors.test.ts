import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, type Fixture, ORIGIN, startFixture } from './front-fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
  fixture.front.setCors(BUCKET, [
    {
      AllowedMethods: ['POST'],
      AllowedOrigins: [ORIGIN],
      AllowedHeaders: ['Content-*'],
      ExposedHeaders: ['ETag', 'x-amz-request-id'],
      MaxAge: 300,
    },
    { AllowedMethods: ['GET'], AllowedOrigins: ['*'] },
    { AllowedMethods: ['PUT'], AllowedOrigins: ['https://*.example.com'] },
  ]);
  await fixture.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'seen', Body: 'x' }));
});
afterAll(() => fixture.stop());

function preflight(
  method: string,
  options: { origin?: string; headers?: string; bucket?: string } = {},
): Promise<Response> {
  const { origin = ORIGIN, headers, bucket = BUCKET } = options;
  return fetch(`${fixture.front.endpoint}/${bucket}`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      ...(headers !== undefined && { 'access-control-request-headers': headers }),
    },
  });
}

describe('a preflight', () => {
  it('is allowed by a rule with its origin, method and headers', async () => {
    const answer = await preflight('POST', { headers: 'content-type, content-md5' });
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, content-md5',
      'access-control-expose-headers': 'ETag, x-amz-request-id',
      'access-control-max-age': '300',
      vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    });
  });

  it.each([
    ['another origin', 'POST', { origin: 'http://evil.test' }],
    ['another method', 'DELETE', {}],
    ['another header', 'POST', { headers: 'authorization' }],
    ['a bucket without rules', 'GET', { bucket: 'unruly' }],
    ['an origin the pattern does not fit', 'PUT', { origin: 'https://example.com.evil.test' }],
  ])('is refused for %s', async (_what, method, options) => {
    const answer = await preflight(method, options);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('<Code>AccessForbidden</Code>');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is allowed for an origin that fits a pattern', async () => {
    const answer = await preflight('PUT', { origin: 'https://a.example.com' });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://a.example.com');
  });
});

describe('an answer to another origin', () => {
  const read = (key: string, origin = ORIGIN): Promise<Response> =>
    fetch(`${fixture.front.endpoint}/${BUCKET}/${key}`, { headers: { origin } });

  it('carries the rule’s headers', async () => {
    const answer = await read('seen');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it('carries them also when it is an error', async () => {
    const missing = await read('not-there');
    expect([missing.status, missing.headers.get('access-control-allow-origin')]).toEqual([404, '*']);
    const expired = await read('seen?X-Amz-Signature=0');
    expect([expired.status, expired.headers.get('access-control-allow-origin')]).toEqual([400, '*']);
    const refused = await fetch(`${fixture.front.endpoint}/${BUCKET}`, {
      method: 'POST',
      body: new FormData(),
      headers: { origin: ORIGIN },
    });
    expect(refused.status).toBe(400);
    expect(refused.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(refused.headers.get('access-control-expose-headers')).toBe('ETag, x-amz-request-id');
  });

  it('carries none when no rule fits', async () => {
    const answer = await fetch(`${fixture.front.endpoint}/${BUCKET}`, {
      method: 'POST',
      body: new FormData(),
      headers: { origin: 'http://evil.test' },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});
