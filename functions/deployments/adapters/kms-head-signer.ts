import { type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { HeadSigner } from '../domain/audit/ports.ts';

/** An Ed25519 key of KMS (`ECC_NIST_EDWARDS25519`). */
export const createHeadSigner = (kms: KMSClient, keyId: string): HeadSigner => ({
  sign: async (message) => {
    const { Signature, KeyId } = await kms.send(
      new SignCommand({
        KeyId: keyId,
        Message: message,
        MessageType: 'RAW',
        SigningAlgorithm: 'ED25519_SHA_512',
      }),
    );
    if (Signature === undefined) {
      throw new Error('KMS answered without a signature.');
    }
    return { signature: Signature, key: KeyId ?? keyId };
  },
});
