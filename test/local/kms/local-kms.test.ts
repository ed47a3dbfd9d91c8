import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { localKms } from '../../../local/kms/local-kms.ts';

const arn = 'arn:aws:kms:eu-west-1:000000000000:key/heads';

async function ask(action: string, body: unknown, keys = [arn]): Promise<Record<string, string>> {
  const answer = await localKms(keys)({
    method: 'POST',
    url: '/',
    headers: { 'x-amz-target': `TrentService.${action}` },
    body: Buffer.from(JSON.stringify(body)),
    sourceIp: '127.0.0.1',
    sourcePort: 1,
  });
  return JSON.parse(String(answer.body));
}

const message = Buffer.from('a statement');
const order = {
  KeyId: arn,
  Message: message.toString('base64'),
  MessageType: 'RAW',
  SigningAlgorithm: 'ED25519_SHA_512',
};

describe('the local KMS', () => {
  it('signs what its public key verifies, and no other', async () => {
    const { Signature = '', KeyId } = await ask('Sign', order);
    const { PublicKey = '' } = await ask('GetPublicKey', { KeyId: 'heads' });
    const key = createPublicKey({ key: Buffer.from(PublicKey, 'base64'), format: 'der', type: 'spki' });
    expect(KeyId).toBe(arn);
    expect(verify(null, message, key, Buffer.from(Signature, 'base64'))).toBe(true);
    const other = generateKeyPairSync('ed25519').publicKey;
    expect(verify(null, message, other, Buffer.from(Signature, 'base64'))).toBe(false);
  });

  it('has the same key in every run, and another for another ARN', async () => {
    const of = async (key: string) => (await ask('GetPublicKey', { KeyId: key }, [key]))['PublicKey'];
    expect(await of(arn)).toBe(await of(arn));
    expect(await of(arn)).not.toBe(await of(`${arn}-2`));
  });

  it.each([
    ['Sign', { ...order, KeyId: 'unknown' }, 'NotFoundException'],
    ['Sign', { ...order, SigningAlgorithm: 'RSASSA_PSS_SHA_256' }, 'ValidationException'],
    ['Encrypt', { KeyId: arn }, 'UnknownOperationException'],
  ])('refuses %s of %j', async (action, body, type) => {
    expect((await ask(action, body))['__type']).toBe(type);
  });
});
