import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRequestSigner, type SigningCredentials } from '../../../functions/kernel/sign-request.ts';

const region = 'eu-west-1';

/** What the SDK's own signer, set up as its clients set it up, makes of the same request. */
async function signedBySdk(
  service: 's3' | 'sqs',
  credentials: SigningCredentials,
  request: { method: string; path: string; headers: Record<string, string>; body: string | Uint8Array },
  signingDate: Date,
): Promise<Record<string, string>> {
  const { sessionToken, ...keys } = credentials;
  const signer = new SignatureV4({
    service,
    region,
    credentials: sessionToken === undefined ? keys : { ...keys, sessionToken },
    sha256: Hash.bind(null, 'sha256'),
    uriEscapePath: service !== 's3',
    applyChecksum: true,
  });
  const signed = await signer.sign(
    { ...request, protocol: 'https:', hostname: request.headers['host'] ?? '', query: {} },
    { signingDate },
  );
  return signed.headers;
}

const word = fc.stringMatching(/^[\w !-]{0,20}$/u);
const requests = fc.record({
  method: fc.constantFrom('GET', 'HEAD', 'PUT', 'DELETE'),
  path: fc.webPath({ size: 'small' }).map((path) => `/${path.replace(/^\/+/u, '')}`),
  headers: fc.record(
    {
      host: fc.constant('uploads.s3.eu-west-1.amazonaws.com'),
      'content-type': word,
      'if-match': word,
      range: word,
      'cache-control': word,
    },
    { requiredKeys: ['host'] },
  ),
  body: fc.oneof(fc.string(), fc.uint8Array()),
});
const credentials = fc.record({
  accessKeyId: fc.stringMatching(/^A[A-Z0-9]{15}$/u),
  secretAccessKey: fc.string({ minLength: 1 }),
  sessionToken: fc.option(fc.stringMatching(/^[A-Za-z0-9+/=]{1,60}$/u), { nil: undefined }),
});
const times = fc.date({ min: new Date('2024-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });

describe('a signed request', () => {
  it('to S3 has the signature that the SDK would have given it', async () => {
    await fc.assert(
      fc.asyncProperty(requests, credentials, times, async (request, keys, now) => {
        const signed = createRequestSigner('s3', region, keys)(request, now);
        expect(signed).toEqual(await signedBySdk('s3', keys, request, now));
      }),
      { numRuns: 200 },
    );
  });

  it('to SQS has the signature that the SDK would have given it', async () => {
    await fc.assert(
      fc.asyncProperty(requests, credentials, times, async (request, keys, now) => {
        const message = { ...request, method: 'POST', path: '/' };
        const signed = createRequestSigner('sqs', region, keys)(message, now);
        expect(signed).toEqual(await signedBySdk('sqs', keys, message, now));
      }),
      { numRuns: 50 },
    );
  });

  it('has the key of its own day, whatever day the signer has seen before', () => {
    const keys = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' };
    const request = { method: 'GET', path: '/jobs/1.json', headers: { host: 'results' }, body: '' };
    const days = ['2026-11-21', '2026-11-22', '2026-11-21'].map((day) => new Date(`${day}T12:00:00Z`));
    const one = createRequestSigner('s3', region, keys);
    expect(days.map((day) => one(request, day))).toEqual(
      days.map((day) => createRequestSigner('s3', region, keys)(request, day)),
    );
  });
});
