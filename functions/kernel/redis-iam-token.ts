import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsEnvironment } from './aws-environment.ts';

/** The longest that ElastiCache accepts; it bounds when a connection may be opened, not how long it lives. */
const tokenLifeSeconds = 900;

/**
 * The password of an IAM-authenticated ElastiCache user: a presigned `connect` request without its scheme. It is computed here, without a call to AWS, so
 * a function in an isolated subnet can do it. Source: Amazon ElastiCache user guide, "Authenticating with IAM".
 * @param cacheName the serverless cache's name, lower case
 */
export async function redisIamToken(
  request: { readonly cacheName: string; readonly userName: string; readonly region: string },
  credentials: AwsEnvironment['credentials'],
  signingDate: Date = new Date(),
): Promise<string> {
  const signer = new SignatureV4({
    service: 'elasticache',
    region: request.region,
    credentials,
    sha256: Hash.bind(null, 'sha256'),
  });
  const signed = await signer.presign(
    {
      method: 'GET',
      protocol: 'https:',
      hostname: request.cacheName,
      path: '/',
      headers: { host: request.cacheName },
      query: { Action: 'connect', User: request.userName, ResourceType: 'ServerlessCache' },
    },
    { expiresIn: tokenLifeSeconds, signingDate },
  );
  const query = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
  );
  return `${request.cacheName}/?${query.join('&')}`;
}
