import { createHash, createPrivateKey, createPublicKey, type KeyObject, randomUUID, sign } from 'node:crypto';
import * as z from 'zod';
import type { HttpRequest, HttpResponse } from '../http/http-message.ts';

const signSchema = z.object({
  KeyId: z.string(),
  Message: z.base64(),
  MessageType: z.literal('RAW', { error: 'the local KMS signs raw messages only' }),
  SigningAlgorithm: z.literal('ED25519_SHA_512', { error: 'the local KMS has Ed25519 keys only' }),
});
const publicKeySchema = z.object({ KeyId: z.string() });

/** PKCS #8 before the 32 bytes of an Ed25519 key. Source: RFC 8410, section 7. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * `Sign` and `GetPublicKey` of KMS for the template's Ed25519 keys. A key is made of its ARN, so that it is the same in every run: whoever can read this line can
 * sign.
 * Source: AWS KMS API reference.
 */
export function localKms(keyArns: readonly string[]): (request: HttpRequest) => Promise<HttpResponse> {
  const keys = new Map(keyArns.map((arn) => [arn, privateKeyOf(arn)]));
  return async (request) => {
    const action = request.headers['x-amz-target'];
    const body: unknown = JSON.parse(request.body.toString('utf8') || '{}');
    if (action === 'TrentService.Sign') {
      return answer(keys, signSchema, body, ({ Message, SigningAlgorithm }, key) => ({
        SigningAlgorithm,
        Signature: sign(null, Buffer.from(Message, 'base64'), key).toString('base64'),
      }));
    }
    if (action === 'TrentService.GetPublicKey') {
      return answer(keys, publicKeySchema, body, (_, key) => ({
        KeySpec: 'ECC_NIST_EDWARDS25519',
        KeyUsage: 'SIGN_VERIFY',
        SigningAlgorithms: ['ED25519_SHA_512', 'ED25519_PH_SHA_512'],
        PublicKey: createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64'),
      }));
    }
    return failure(
      'UnknownOperationException',
      `The local stage knows Sign and GetPublicKey, not ${action}.`,
    );
  };
}

function answer<Schema extends z.ZodType<{ KeyId: string }>>(
  keys: ReadonlyMap<string, KeyObject>,
  schema: Schema,
  body: unknown,
  work: (request: z.infer<Schema>, key: KeyObject) => Readonly<Record<string, unknown>>,
): HttpResponse {
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    return failure('ValidationException', z.prettifyError(parsed.error));
  }
  const { KeyId } = parsed.data;
  const [arn, key] = [...keys].find(([each]) => each === KeyId || each.endsWith(`/${KeyId}`)) ?? [];
  return key === undefined
    ? failure('NotFoundException', `Key '${KeyId}' does not exist`)
    : json(200, { KeyId: arn, ...work(parsed.data, key) });
}

const privateKeyOf = (arn: string): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([pkcs8, createHash('sha256').update(`local key of ${arn}`).digest()]),
    format: 'der',
    type: 'pkcs8',
  });

const json = (status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID(), ...headers },
  body: JSON.stringify(body),
});

const failure = (type: string, message: string): HttpResponse =>
  json(400, { __type: type, message }, { 'x-amzn-errortype': type });
