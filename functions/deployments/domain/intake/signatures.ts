import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Connection } from '../../../contracts/service-directory.ts';

/** What of a request is signed. */
export interface SignedRequest {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body as it came, before anything was made of it. */
  readonly body: Uint8Array;
}

export type Verdict = 'signed' | 'unsigned' | 'wrong' | 'old';

/** How far the time that a sender signed may be from ours, in milliseconds: older requests may have been overheard. */
const windowMs = 5 * 60_000;

/**
 * Whether a request is signed by who has one of the secrets. Secrets are compared all, in constant time, whatever the request says.
 *
 * - `cdevents`: `x-fanfare-signature: sha256=<hex>` over the body; with `x-fanfare-time: <ISO 8601>`, over the time, a dot and the body.
 * - `github`: `x-hub-signature-256: sha256=<hex>` over the body.
 * - `gitlab`: `webhook-signature: v1,<base64>` over `<webhook-id>.<webhook-timestamp>.<body>`, or the secret itself as `x-gitlab-token`.
 * - `pagerduty`: `x-pagerduty-signature: v1=<hex>[,v1=<hex>]` over the body.
 */
export function verify(
  kind: Connection['kind'],
  { headers, body }: SignedRequest,
  secrets: readonly string[],
  nowMs: number,
): Verdict {
  switch (kind) {
    case 'cdevents': {
      const time = headers['x-fanfare-time'];
      const signed = time === undefined ? body : concat(`${time}.`, body);
      return timely(
        time === undefined ? undefined : Date.parse(time),
        nowMs,
        compare(values(headers['x-fanfare-signature'], 'sha256='), secrets, (secret) =>
          hmac(secret, signed).toString('hex'),
        ),
      );
    }
    case 'github':
      return compare(values(headers['x-hub-signature-256'], 'sha256='), secrets, (secret) =>
        hmac(secret, body).toString('hex'),
      );
    case 'gitlab': {
      const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = headers;
      if (signature === undefined) {
        return compare(values(headers['x-gitlab-token'], ''), secrets, (secret) => secret);
      }
      const signed = concat(`${id ?? ''}.${time ?? ''}.`, body);
      return timely(
        Number(time ?? Number.NaN) * 1000,
        nowMs,
        compare(
          signature.split(' ').flatMap((each) => values(each, 'v1,')),
          secrets,
          (secret) => hmac(standardKey(secret), signed).toString('base64'),
        ),
      );
    }
    case 'pagerduty':
      return compare(
        (headers['x-pagerduty-signature'] ?? '').split(',').flatMap((each) => values(each.trim(), 'v1=')),
        secrets,
        (secret) => hmac(secret, body).toString('hex'),
      );
  }
}

const hmac = (key: string | Uint8Array, data: Uint8Array): Buffer =>
  createHmac('sha256', key).update(data).digest();

/** Standard Webhooks writes keys as `whsec_<base64>`. */
const standardKey = (secret: string): string | Uint8Array =>
  secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret;

const concat = (before: string, body: Uint8Array): Uint8Array => Buffer.concat([Buffer.from(before), body]);

const values = (header: string | undefined, prefix: string): string[] =>
  header?.startsWith(prefix) === true ? [header.slice(prefix.length)] : [];

function compare(
  given: readonly string[],
  secrets: readonly string[],
  sign: (secret: string) => string,
): Verdict {
  const expected = secrets.map(sign);
  const fits = given.flatMap((each) => expected.map((other) => equals(each, other)));
  return given.length === 0 ? 'unsigned' : fits.includes(true) ? 'signed' : 'wrong';
}

/** Digests have one length, so that the time tells nothing of the secret's. */
function equals(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** The time counts only when it was signed. */
const timely = (timeMs: number | undefined, nowMs: number, verdict: Verdict): Verdict =>
  verdict === 'signed' && timeMs !== undefined && !(Math.abs(nowMs - timeMs) <= windowMs) ? 'old' : verdict;
