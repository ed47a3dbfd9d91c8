import { createPublicKey, type KeyObject } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient } from '@aws-sdk/client-kms';

/** The public half of a key of KMS, asked for once. */
export function createHeadKey(kms: KMSClient, keyId: string): () => Promise<KeyObject> {
  let asked: Promise<KeyObject> | undefined;
  const ask = async (): Promise<KeyObject> => {
    const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
    if (PublicKey === undefined) {
      throw new Error('KMS answered without a key.');
    }
    return createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
  };
  return () => {
    asked ??= ask().catch((error: unknown) => {
      // The next one asks again.
      asked = undefined;
      throw error;
    });
    return asked;
  };
}
