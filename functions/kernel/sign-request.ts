import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';

export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface UnsignedRequest {
  readonly method: string;
  /** Encoded as it is sent; S3 takes it so into the signature. Without a query. */
  readonly path: string;
  /** By lower-case name, `host` among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Signs requests to S3 with one set of credentials. */
export type RequestSigner = (request: UnsignedRequest, now: Date) => Record<string, string>;

/**
 * Answers the headers of a request to S3 with its signature, which covers the body and all of them but `cache-control`, which may change on its way. The day's key is derived once a day.
 * Source: Amazon S3 API reference, "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)".
 */
export function createRequestSigner(region: string, credentials: SigningCredentials): RequestSigner {
  let key: { readonly day: string; readonly value: KeyObject } | undefined;
  const keyOf = (day: string): KeyObject => {
    if (key?.day !== day) {
      const derived = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(
        hmac,
        `AWS4${credentials.secretAccessKey}`,
      );
      key = { day, value: createSecretKey(Buffer.from(derived)) };
    }
    return key.value;
  };
  return ({ method, path, headers, body }, now) => {
    const time = now.toISOString().replaceAll(/[-:]|\.\d{3}/gu, '');
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
    const scope = `${day}/${region}/s3/aws4_request`;
    const signature = createHmac('sha256', keyOf(day))
      .update(`AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`)
      .digest('hex');
    all['authorization'] =
      `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
    return all;
  };
}

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
