import * as z from 'zod';
import { campaignKey, signedAddress } from '../../functions/studio/domain/address-signature.ts';
import { campaignRule, isCampaign, parseShareAddress } from '../../functions/studio/domain/share-address.ts';

/** Why an address is not signed, in a sentence for people. */
export class SigningError extends Error {}

const secretSchema = z.object({ 'share-key': z.string().min(1) });

/**
 * The key of a campaign, from the studio's secret as Secrets Manager gives it. Throws a SigningError that does not quote the secret.
 *
 * @param secret a JSON object with `share-key`
 */
export function keyFromSecret(secret: string, campaign: string): string {
  if (!isCampaign(campaign)) {
    throw new SigningError(campaignRule);
  }
  const [newest] = readSecret(secret)?.['share-key'].trim().split(/\s+/u) ?? [];
  if (newest === undefined || newest === '') {
    throw new SigningError('What came in is not the studio’s secret: a JSON object with a share-key.');
  }
  return campaignKey(newest, campaign);
}

function readSecret(secret: string): z.infer<typeof secretSchema> | undefined {
  try {
    return secretSchema.safeParse(JSON.parse(secret)).data;
  } catch {
    // The error of JSON.parse would quote the secret; whoever called is told what it should be.
    return undefined;
  }
}

/** A share address, with or without its site, in its canonical form and signed with the key of the campaign that it names. */
export function signAddress(address: string, key: string): string {
  if (!/^[0-9a-f]{64}$/u.test(key)) {
    throw new SigningError('What came in is not the key of a campaign: 64 hexadecimal digits.');
  }
  const nowhere = 'http://nowhere.invalid';
  const { origin, pathname, searchParams } = new URL(address, nowhere);
  const { signature: _, ...image } = parseShareAddress(pathname, Object.fromEntries(searchParams));
  const { campaign } = image.options;
  if (campaign === undefined) {
    throw new SigningError('The address has to name the campaign whose key signs it: add campaign=….');
  }
  const signed = signedAddress({ ...image, options: { ...image.options, campaign } }, key);
  return origin === nowhere ? signed : `${origin}${signed}`;
}
