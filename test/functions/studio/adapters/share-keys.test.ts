import { describe, expect, it } from 'vitest';
import { createShareKeys } from '../../../../functions/studio/adapters/share-keys.ts';
import { campaignKey } from '../../../../functions/studio/domain/address-signature.ts';

const keysOf = (secret: Readonly<Record<string, string>>, campaign: string) =>
  createShareKeys({
    field: async (name) => secret[name] ?? Promise.reject(new Error(`no ${name}`)),
    optionalField: async (name) => secret[name],
  })(campaign);

describe('the keys with which a campaign may have signed', () => {
  it('come from the stage’s key, one for each campaign', async () => {
    const secret = { 'share-key': 'stage' };
    expect(await keysOf(secret, 'spring-sale')).toEqual([campaignKey('stage', 'spring-sale')]);
    expect(await keysOf(secret, 'autumn')).not.toEqual(await keysOf(secret, 'spring-sale'));
  });

  it('are two while the stage’s key is replaced', async () => {
    expect(await keysOf({ 'share-key': 'new old' }, 'autumn')).toEqual([
      campaignKey('new', 'autumn'),
      campaignKey('old', 'autumn'),
    ]);
  });

  it('are none of a campaign that was revoked, and those of the others stay', async () => {
    const secret = { 'share-key': 'stage', 'share-revoked': 'spring-sale winter' };
    expect(await keysOf(secret, 'spring-sale')).toEqual([]);
    expect(await keysOf(secret, 'spring')).toHaveLength(1);
  });

  it('are not known without the stage’s key: nothing is let through', async () => {
    await expect(keysOf({}, 'autumn')).rejects.toThrow('no share-key');
  });
});
