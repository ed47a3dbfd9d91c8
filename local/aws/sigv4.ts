import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The keys the local account knows; a session token must then come with every signature. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** The parts of `X-Amz-Credential`: access key, day, region, service. */
export interface CredentialScope {
  accessKeyId: string;
  date: string;
  region: string;
  service: string;
}

/** Reads `AKIA…/20260731/eu-west-1/s3/aws4_request`; undefined when it is not of that form. */
export function parseCredential(text: string): CredentialScope | undefined {
  const parts = text.split('/');
  const [date, region, service, terminator] = parts.slice(-4);
  const accessKeyId = parts.slice(0, -4).join('/');
  if (accessKeyId === '' || terminator !== 'aws4_request') return undefined;
  if (date === undefined || region === undefined || service === undefined || !/^\d{8}$/.test(date))
    return undefined;
  return { accessKeyId, date, region, service };
}

/** Milliseconds since the epoch of `20260731T101500Z`; undefined when it is not of that form. */
export function parseAmzDate(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at) ? undefined : at;
}

/** The signature, in hex, of a string to sign: AWS Signature Version 4. */
export function signV4(secretAccessKey: string, scope: CredentialScope, stringToSign: string): string {
  const dateKey = hmac(`AWS4${secretAccessKey}`, scope.date);
  const signingKey = hmac(hmac(hmac(dateKey, scope.region), scope.service), 'aws4_request');
  return hmac(signingKey, stringToSign).toString('hex');
}

/** Compares two signatures without telling by its time how much of them agrees. */
export function sameSignature(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** SHA-256 in hex. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
