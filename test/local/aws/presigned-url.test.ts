import { createHash, createHmac } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, CREDENTIALS, type Fixture, REGION, startFixture } from './front-fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
  await fixture.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: 'seen' }));
});
afterAll(() => fixture.stop());

const KEY = "a/é (1)+'!.txt";

class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', toBuffer(secret));
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(toBuffer(data));
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }
  reset(): void {
    throw new Error('Never reset');
  }
}

function toBuffer(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data);
}

interface Presigning {
  method?: string;
  expiresIn?: number;
  signingDate?: Date;
  secretAccessKey?: string;
  region?: string;
}

/** Signed by the SDK's own signer. */
async function presign({
  method = 'GET',
  expiresIn = 60,
  signingDate = new Date(),
  secretAccessKey = CREDENTIALS.secretAccessKey,
  region = REGION,
}: Presigning = {}): Promise<string> {
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials: { ...CREDENTIALS, secretAccessKey },
    sha256: Sha256,
    uriEscapePath: false,
  });
  const { hostname, port, host } = new URL(fixture.front.endpoint);
  const path = `/${BUCKET}/${KEY.split('/').map(encode).join('/')}`;
  const signed = await signer.presign(
    {
      method,
      protocol: 'http:',
      hostname,
      port: Number(port),
      path,
      query: { 'x-id': 'GetObject' },
      headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    },
    {
      expiresIn,
      signingDate,
      unhoistableHeaders: new Set(['x-amz-content-sha256']),
      unsignableHeaders: new Set(['x-amz-content-sha256']),
    },
  );
  const query = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${encode(name)}=${encode(String(value))}`,
  );
  return `${fixture.front.endpoint}${path}?${query.join('&')}`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

describe('a presigned URL', () => {
  it('reads an object', async () => {
    const answer = await fetch(await presign());
    expect(await answer.text()).toBe('seen');
    expect(answer.status).toBe(200);
  });

  it('writes an object', async () => {
    const answer = await fetch(await presign({ method: 'PUT' }), { method: 'PUT', body: 'written' });
    expect(answer.status).toBe(200);
    const { Body } = await fixture.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: KEY }));
    expect(await Body?.transformToString()).toBe('written');
  });

  it.each<[string, Presigning, number, string, string]>([
    [
      'after it has expired',
      { signingDate: new Date(Date.now() - 120_000) },
      403,
      'AccessDenied',
      'Request has expired',
    ],
    [
      'before its time',
      { signingDate: new Date(Date.now() + 3_600_000) },
      403,
      'AccessDenied',
      'Request is not valid yet',
    ],
    ['signed with another key', { secretAccessKey: 'guessed' }, 403, 'SignatureDoesNotMatch', ''],
    ['signed for another method', { method: 'PUT' }, 403, 'SignatureDoesNotMatch', ''],
    [
      'signed for another region',
      { region: 'us-east-1' },
      400,
      'AuthorizationQueryParametersError',
      'us-east-1',
    ],
  ])('is refused %s', async (_when, presigning, status, code, text) => {
    const answer = await fetch(await presign(presigning));
    const body = await answer.text();
    expect(body).toContain(`<Code>${code}</Code>`);
    expect(body).toContain(text);
    expect(answer.status).toBe(status);
  });

  it('is refused for another key or a changed query', async () => {
    const url = await presign();
    expect((await fetch(url.replace('/a/', '/b/'))).status).toBe(403);
    expect((await fetch(url.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'))).status).toBe(403);
  });
});
