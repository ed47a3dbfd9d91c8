import { createHmac, timingSafeEqual } from 'node:crypto';
import { HttpProblem } from '../../kernel/http-problem.ts';
import { shareAddress, type SharedImage } from './share-address.ts';

/**
 * The key of one campaign, to be given to its team: it signs addresses that name this campaign, and tells nothing about the stage's key or those of others.
 * HMAC-SHA256, in hexadecimal digits.
 *
 * @param stageKey the stage's secret, which nobody else has
 */
export const campaignKey = (stageKey: string, campaign: string): string =>
  createHmac('sha256', stageKey).update(`studio/images ${campaign}`).digest('hex');

/** An image whose address names the campaign that signs it. */
export type CampaignImage = SharedImage & { readonly options: { readonly campaign: string } };

/** The canonical address with its signature: HMAC-SHA256 over it, in base64url. However the address is written, what it means is signed. */
export function signedAddress(image: CampaignImage, key: string): string {
  return `${shareAddress(image)}&signature=${addressSignature(image, key)}`;
}

const addressSignature = (image: SharedImage, key: string): string =>
  createHmac('sha256', key).update(shareAddress(image)).digest('base64url');

export interface SignatureRules {
  /** Keys of the campaign that the address names: none when it has been revoked, two while the stage's key is replaced. */
  readonly keys: readonly string[];
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** Whether every address has to be signed. */
  readonly isRequired: boolean;
  /** The campaign that has to sign all addresses of this template. */
  readonly owner: string | undefined;
}

/**
 * Lets an address through that is signed and has not expired, or that need not be signed and is not.
 *
 * @throws HttpProblem 403 `unsigned-address` or `wrong-signature`, 410 `expired-address`
 */
export function checkSignature(
  image: SharedImage & { readonly signature: string | undefined },
  { keys, nowMs, isRequired, owner }: SignatureRules,
): void {
  const { signature, options } = image;
  const { campaign, expires } = options;
  if (signature === undefined) {
    const why = reasonToSign(image, isRequired, owner);
    if (why !== undefined) {
      throw new HttpProblem(403, 'unsigned-address', why);
    }
    return;
  }
  if (campaign === undefined) {
    throw wrong('A signature is a campaign’s: the address has to name it, as campaign=….');
  }
  if (owner !== undefined && campaign !== owner) {
    throw wrong(`Addresses of the template ${image.template} are signed by the campaign ${owner}.`);
  }
  if (!keys.some((key) => isEqual(signature, addressSignature(image, key)))) {
    throw wrong(`The signature is not the campaign ${campaign}’s of this address.`);
  }
  if (expires !== undefined && expires * 1000 <= nowMs) {
    throw new HttpProblem(410, 'expired-address', 'This address has expired.');
  }
}

function reasonToSign(
  { template, options }: SharedImage,
  isRequired: boolean,
  owner: string | undefined,
): string | undefined {
  if (owner !== undefined) {
    return `Addresses of the template ${template} must be signed by the campaign ${owner}.`;
  }
  if (options.campaign !== undefined) {
    return 'An address that names a campaign must be signed with its key.';
  }
  if (options.expires !== undefined) {
    return 'An address that expires must be signed.';
  }
  return isRequired ? 'This address must be signed.' : undefined;
}

function isEqual(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

const wrong = (detail: string): HttpProblem => new HttpProblem(403, 'wrong-signature', detail);
