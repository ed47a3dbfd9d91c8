import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { redisIamToken } from '../../../functions/kernel/redis-iam-token.ts';

const request = { cacheName: 'fanfare-dev', userName: 'personalise', region: 'eu-west-1' };
const signingDate = new Date('2026-06-01T12:00:00Z');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Signature Version 4 for a presigned GET, written out from its specification. */
function expectedSignature(url: URL, secretAccessKey: string): string {
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .toSorted()
    .join('&');
  const emptyHash = createHash('sha256').update('').digest('hex');
  const canonical = ['GET', '/', query, `host:${url.host}`, '', 'host', emptyHash].join('\n');
  const scope = '20260601/eu-west-1/elasticache/aws4_request';
  const toSign = [
    'AWS4-HMAC-SHA256',
    '20260601T120000Z',
    scope,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const key = ['20260601', 'eu-west-1', 'elasticache', 'aws4_request'].reduce<Buffer | string>(
    hmac,
    `AWS4${secretAccessKey}`,
  );
  return hmac(key, toSign).toString('hex');
}

describe('the IAM token for ElastiCache', () => {
  it('is a presigned connect request to the cache without its scheme, valid for 15 minutes', async () => {
    const token = await redisIamToken(
      request,
      { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
      signingDate,
    );
    expect(token.startsWith('fanfare-dev/?')).toBe(true);
    const url = new URL(`https://${token}`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      Action: 'connect',
      User: 'personalise',
      ResourceType: 'ServerlessCache',
      'X-Amz-Expires': '900',
      'X-Amz-Date': '20260601T120000Z',
      'X-Amz-Credential': 'AKIATEST/20260601/eu-west-1/elasticache/aws4_request',
      'X-Amz-Signature': expectedSignature(url, 'secret'),
    });
  });

  it('carries the session token of a role', async () => {
    const token = await redisIamToken(
      request,
      { accessKeyId: 'ASIATEST', secretAccessKey: 'secret', sessionToken: 'a+b/c=' },
      signingDate,
    );
    const url = new URL(`https://${token}`);
    expect(url.searchParams.get('X-Amz-Security-Token')).toBe('a+b/c=');
    expect(url.searchParams.get('X-Amz-Signature')).toBe(expectedSignature(url, 'secret'));
  });
});
