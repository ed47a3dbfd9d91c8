import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import type { AwsService } from './aws-environment.ts';

export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface UnsignedRequest {
  readonly method: string;
  /** Encoded as it is sent, and so it is signed: S3 wants that of any path, the other services of one without anything to encode. Without a query. */
  readonly path: string;
  /** By lower-case name, `host` among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Signs requests to one service with one set of credentials. */
export type RequestSigner = (request: UnsignedRequest, now: Date) => Record<string, string>;

/** Keys of the days written `yyyymmdd`; that of the day asked for last is kept. */
export function createSigningKeys(
  service: string,
  region: string,
  { secretAccessKey }: SigningCredentials,
): (day: string) => KeyObject {
  let key: { readonly day: string; readonly value: KeyObject } | undefined;
  return (day) => {
    if (key?.day !== day) {
      const derived = [day, region, service, 'aws4_request'].reduce<Buffer | string>(
        hmac,
        `AWS4${secretAccessKey}`,
      );
      key = { day, value: createSecretKey(Buffer.from(derived)) };
    }
    return key.value;
  };
}

/** As signatures write the time: `yyyymmddThhmmssZ`. */
export const signingTime = (now: Date): string => now.toISOString().replaceAll(/[-:]|\.\d{3}/gu, '');

/**
 * Answers the headers of a request with its signature, which covers the body and all of them but `cache-control`, which may change on its way.
 * Source: Amazon S3 API reference, "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)".
 */
export function createRequestSigner(
  service: AwsService,
  region: string,
  credentials: SigningCredentials,
): RequestSigner {
  const keyOf = createSigningKeys(service, region, credentials);
  return ({ method, path, headers, body }, now) => {
    const time = signingTime(now);
    const day = time.slice(0, 'yyyymmdd'.length);
    const bodyHash = sha256(body);
    const all: Record<string, string> = {
      ...headers,
      'x-amz-content-sha256': bodyHash,
      'x-amz-date': time,
      ...(credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken }),
    };
    const names = Object.keys(all)
      .filter((name) => name !== 'cache-control')
      .toSorted();
    const signed = names.join(';');
    const lines = names.map((name) => `${name}:${(all[name] ?? '').trim().replaceAll(/\s+/gu, ' ')}\n`);
    const canonical = `${method}\n${path}\n\n${lines.join('')}\n${signed}\n${bodyHash}`;
    const scope = `${day}/${region}/${service}/aws4_request`;
    const signature = createHmac('sha256', keyOf(day))
      .update(`AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`)
      .digest('hex');
    all['authorization'] =
      `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
    return all;
  };
}

const sha256 = (bytes: string | Uint8Array): string => hash('sha256', bytes);

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
