import { describe, expect, it } from 'vitest';
import { campaignKey, checkSignature } from '../../../functions/studio/domain/address-signature.ts';
import { parseShareAddress } from '../../../functions/studio/domain/share-address.ts';
import { keyFromSecret, signAddress } from '../../../tools/templates/sign-address.ts';

const key = campaignKey('stage', 'spring-sale');

describe('handing a campaign its key', () => {
  it('takes the newest of the stage’s keys out of its secret', () => {
    expect(keyFromSecret('{"share-key": "stage before"}', 'spring-sale')).toBe(key);
  });

  it.each([
    ['not JSON', 'stage', 'spring-sale', /not the studio’s secret/u],
    ['another secret', '{"token": "stage"}', 'spring-sale', /not the studio’s secret/u],
    ['an empty key', '{"share-key": " "}', 'spring-sale', /not the studio’s secret/u],
    ['a name that no campaign has', '{"share-key": "stage"}', 'Spring Sale', /lower-case/u],
  ])('says what is wrong, and nothing of the secret: %s', (_, secret, campaign, why) => {
    expect(() => keyFromSecret(secret, campaign)).toThrow(why);
    expect(() => keyFromSecret(secret, campaign)).not.toThrow(/stage\b/u);
  });
});

describe('signing an address', () => {
  it.each(['', 'https://example.com'])(
    'makes one that is let through, on the site that it names: “%s”',
    (site) => {
      const signed = signAddress(
        `${site}/studio/images/cat/Hello there!.png?width=400&campaign=spring-sale`,
        key,
      );
      expect(signed.startsWith(`${site}/studio/images/cat/Hello_there!.png?`)).toBe(true);
      const { pathname, searchParams } = new URL(signed, 'https://example.com');
      expect(() =>
        checkSignature(parseShareAddress(pathname, Object.fromEntries(searchParams)), {
          keys: [key],
          nowMs: 0,
          isRequired: true,
          owner: undefined,
        }),
      ).not.toThrow();
    },
  );

  it('is of addresses that name their campaign, with a key of a campaign', () => {
    expect(() => signAddress('/studio/images/cat/Hello.png', key)).toThrow(/add campaign=/u);
    expect(() => signAddress('/studio/images/cat/Hello.png?campaign=x', 'stage')).toThrow(/64 hexadecimal/u);
    expect(() => signAddress('/studio/images/cat/Hello.tiff?campaign=x', key)).toThrow(/ends in/u);
  });
});
