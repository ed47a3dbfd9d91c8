import { createHmac, timingSafeEqual } from 'node:crypto';
import { HttpProblem } from '../../kernel/http-problem.ts';
import { shareAddress, type SharedImage } from './share-address.ts';

/** The signature of a shared image: HMAC-SHA256 over its canonical address, in base64url. However the address is written, what it means is signed. */
export const addressSignature = (image: SharedImage, key: Uint8Array): string =>
  createHmac('sha256', key).update(shareAddress(image)).digest('base64url');

/** The canonical address with its signature. */
export function signedAddress(image: SharedImage, key: Uint8Array): string {
  const address = shareAddress(image);
  return `${address}${address.includes('?') ? '&' : '?'}signature=${addressSignature(image, key)}`;
}

/**
 * Lets an address through that is signed and has not expired, or that need not be signed and is not.
 *
 * @param nowMs epoch milliseconds
 * @throws HttpProblem 403 `unsigned-address` or `wrong-signature`, 410 `expired-address`
 */
export function checkSignature(
  image: SharedImage & { readonly signature: string | undefined },
  {
    key,
    nowMs,
    isRequired,
  }: { readonly key: Uint8Array; readonly nowMs: number; readonly isRequired: boolean },
): void {
  const { signature, options } = image;
  if (signature === undefined) {
    if (isRequired || options.expires !== undefined) {
      throw new HttpProblem(
        403,
        'unsigned-address',
        options.expires === undefined
          ? 'This address must be signed.'
          : 'An address that expires must be signed.',
      );
    }
    return;
  }
  const expected = Buffer.from(addressSignature(image, key));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new HttpProblem(403, 'wrong-signature', 'The signature is not of this address.');
  }
  if (options.expires !== undefined && options.expires * 1000 <= nowMs) {
    throw new HttpProblem(410, 'expired-address', 'This address has expired.');
  }
}
