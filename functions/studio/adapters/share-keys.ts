import type { Secrets } from '../../kernel/secrets-manager.ts';
import { campaignKey } from '../domain/address-signature.ts';

/** Fields of the studio's secret. */
const fields = {
  /** One key, or the new and the old one with a space between: while both are there, addresses signed with either are opened. */
  keys: 'share-key',
  /** Names of campaigns whose keys are not accepted any more, with spaces between. May be absent. */
  revoked: 'share-revoked',
} as const;

/** The keys with which a campaign may have signed: none when it has been revoked. */
export const createShareKeys =
  (secrets: Pick<Secrets, 'field' | 'optionalField'>) =>
  async (campaign: string): Promise<readonly string[]> => {
    const keys = words(await secrets.field(fields.keys));
    const revoked = words((await secrets.optionalField(fields.revoked)) ?? '');
    return revoked.includes(campaign) ? [] : keys.map((key) => campaignKey(key, campaign));
  };

const words = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '');
