import { createHmac } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { Hash } from '@smithy/core/serde';
import { getSigningKey } from '@smithy/signature-v4';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const now = Date.parse('2026-11-21T23:59:58.123Z');
const upload = {
  bucket: 'uploads',
  key: 'uploads/01J',
  contentType: 'image/png',
  maxBytes: 5_000_000,
  now,
};

/** A new execution environment reads its variables anew. */
async function presign() {
  vi.resetModules();
  return (await import('../../../functions/kernel/presign-upload.ts')).presignUpload(upload);
}

const policyOf = (fields: Readonly<Record<string, string>>): { conditions: unknown[]; expiration: string } =>
  JSON.parse(Buffer.from(fields['Policy'] ?? '', 'base64').toString());

/** By the SDK's key of the day. */
async function signatureOf(policy = ''): Promise<string> {
  const keys = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' };
  const key = await getSigningKey(Hash.bind(null, 'sha256'), keys, '20261121', 'eu-west-1', 's3');
  return createHmac('sha256', key).update(policy).digest('hex');
}

beforeEach(() => {
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIATEST');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterEach(() => vi.unstubAllEnvs());

describe('a presigned upload', () => {
  it('has a policy that fixes its key, type, size and expiry', async () => {
    const { fields, expiresAt, maxBytes } = await presign();
    const policy = policyOf(fields);
    expect(policy.conditions).toEqual(
      expect.arrayContaining([
        ['content-length-range', 1, 5_000_000],
        ['eq', '$Content-Type', 'image/png'],
        { bucket: 'uploads' },
        { key: 'uploads/01J' },
      ]),
    );
    expect(fields).toMatchObject({ 'Content-Type': 'image/png', key: 'uploads/01J' });
    expect(Date.parse(policy.expiration)).toBe(now + 300_000);
    expect(Date.parse(expiresAt)).toBe(now + 300_000);
    expect(maxBytes).toBe(5_000_000);
  });

  it.each([
    ['AWS', undefined, undefined],
    ['AWS, with temporary credentials', 'token/+=', undefined],
    ['another S3', 'token/+=', 'http://127.0.0.1:4566'],
  ])('is what the SDK would have made of it, at %s', async (_, sessionToken, endpoint) => {
    vi.stubEnv('AWS_SESSION_TOKEN', sessionToken);
    vi.stubEnv('AWS_ENDPOINT_URL_S3', endpoint);
    // The SDK signs at its own time, to the second.
    vi.useFakeTimers({ now, toFake: ['Date'] });
    const sdk = await createPresignedPost(
      new S3Client({
        credentials: {
          accessKeyId: 'AKIATEST',
          secretAccessKey: 'secret',
          ...(sessionToken === undefined ? {} : { sessionToken }),
        },
      }),
      {
        Bucket: upload.bucket,
        Key: upload.key,
        Fields: { 'Content-Type': upload.contentType },
        Conditions: [
          ['content-length-range', 1, upload.maxBytes],
          ['eq', '$Content-Type', upload.contentType],
        ],
        Expires: 300,
      },
    ).finally(() => vi.useRealTimers());
    const own = await presign();
    const { Policy: ownPolicy, 'X-Amz-Signature': signature, ...ownFields } = own.fields;
    const { Policy: sdkPolicy, 'X-Amz-Signature': sdkSignature, ...sdkFields } = sdk.fields;
    expect(ownFields).toEqual(sdkFields);
    expect(own.url.replace(/\/$/u, '')).toBe(sdk.url.replace(/\/$/u, ''));
    expect(new Set(policyOf(own.fields).conditions)).toEqual(new Set(policyOf(sdk.fields).conditions));
    expect(sdkSignature).toBe(await signatureOf(sdkPolicy));
    expect(signature).toBe(await signatureOf(ownPolicy));
  });
});
