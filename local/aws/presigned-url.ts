import type { IncomingHttpHeaders } from 'node:http';
import { S3Error } from './s3-error.ts';
import { splitUrl } from './s3-target.ts';
import {
  type Credentials,
  parseAmzDate,
  parseCredential,
  sameSignature,
  sha256Hex,
  signV4,
} from './sigv4.ts';

const LONGEST_VALIDITY_S = 604_800;
const CLOCK_SKEW_MS = 15 * 60_000;

interface SignedRequest {
  method: string;
  /** Path and query as sent. */
  url: string;
  headers: IncomingHttpHeaders;
}

/** Whether the request carries its signature in the query. */
export function isPresigned(url: string): boolean {
  return /[?&]X-Amz-(Signature|Algorithm)=/.test(url);
}

/** Throws the S3Error that S3 answers when a presigned URL is malformed, expired or not signed with these credentials. */
export function verifyPresignedUrl(
  request: SignedRequest,
  region: string,
  credentials: Credentials,
  now: number,
): void {
  const { path, query: searchParams } = splitUrl(request.url);
  const read = (name: string): string => {
    const value = searchParams.get(name);
    if (value === null) {
      throw malformed(
        'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
      );
    }
    return value;
  };
  if (read('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256')
    throw malformed('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  const scope = parseCredential(read('X-Amz-Credential'));
  const date = read('X-Amz-Date');
  const signedAt = parseAmzDate(date);
  const expires = Number(read('X-Amz-Expires'));
  if (scope === undefined)
    throw malformed('Error parsing the X-Amz-Credential parameter; the Credential is mal-formed.');
  if (signedAt === undefined)
    throw malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  if (!Number.isInteger(expires) || expires < 0)
    throw malformed('X-Amz-Expires must be a non-negative number');
  if (expires > LONGEST_VALIDITY_S)
    throw malformed(
      'X-Amz-Expires must be less than a week (in seconds) that is, the given X-Amz-Expires must be less than 604800 seconds',
    );
  if (scope.region !== region)
    throw malformed(
      `Error parsing the X-Amz-Credential parameter; the region '${scope.region}' is wrong; expecting '${region}'`,
    );
  if (scope.service !== 's3')
    throw malformed(
      'Error parsing the X-Amz-Credential parameter; incorrect service. This endpoint belongs to "s3".',
    );
  if (scope.date !== date.slice(0, 8))
    throw malformed('Invalid credential date. This date is not the same as X-Amz-Date.');
  checkKeys(scope.accessKeyId, searchParams.get('X-Amz-Security-Token') ?? undefined, credentials);
  if (signedAt > now + CLOCK_SKEW_MS) throw new S3Error(403, 'AccessDenied', 'Request is not valid yet');
  if (now > signedAt + expires * 1000) {
    throw new S3Error(403, 'AccessDenied', 'Request has expired', {
      'X-Amz-Expires': String(expires),
      Expires: new Date(signedAt + expires * 1000).toISOString(),
      ServerTime: new Date(now).toISOString(),
    });
  }

  const canonicalRequest = [
    request.method,
    canonicalPath(path),
    canonicalQuery(searchParams),
    ...canonicalHeaders(request.headers, read('X-Amz-SignedHeaders')),
    'UNSIGNED-PAYLOAD',
  ].join('\n');
  const stringToSign = [
    'AWS4-HMAC-SHA256',
    date,
    `${scope.date}/${scope.region}/${scope.service}/aws4_request`,
    sha256Hex(canonicalRequest),
  ].join('\n');
  if (!sameSignature(signV4(credentials.secretAccessKey, scope, stringToSign), read('X-Amz-Signature'))) {
    throw new S3Error(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      { StringToSign: stringToSign, CanonicalRequest: canonicalRequest },
    );
  }
}

/** Throws when the access key is not the account's, or the session token is missing or another one. */
export function checkKeys(
  accessKeyId: string,
  sessionToken: string | undefined,
  credentials: Credentials,
): void {
  if (accessKeyId !== credentials.accessKeyId) {
    throw new S3Error(
      403,
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      { AWSAccessKeyId: accessKeyId },
    );
  }
  if (sessionToken !== credentials.sessionToken) {
    throw new S3Error(400, 'InvalidToken', 'The provided token is malformed or otherwise invalid.');
  }
}

function malformed(message: string): S3Error {
  return new S3Error(400, 'AuthorizationQueryParametersError', message);
}

function canonicalPath(path: string): string {
  return path
    .split('/')
    .map((segment) => encode(decodeURIComponent(segment)))
    .join('/');
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join('&');
}

function canonicalHeaders(headers: IncomingHttpHeaders, signedHeaders: string): [string, string] {
  const lines = signedHeaders.split(';').map((name) => {
    const value = headers[name];
    const text = Array.isArray(value) ? value.join(',') : (value ?? '');
    return `${name}:${text.trim().replace(/\s+/g, ' ')}\n`;
  });
  return [lines.join(''), signedHeaders];
}

/** RFC 3986: encodeURIComponent leaves `!'()*` alone, Signature Version 4 does not. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
