import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  campaignKey,
  checkSignature,
  signedAddress,
} from '../../../../functions/studio/domain/address-signature.ts';
import { parseShareAddress } from '../../../../functions/studio/domain/share-address.ts';

const stageKey = 'a key of thirty-two bytes, or so';
const key = campaignKey(stageKey, 'spring-sale');
const nowMs = Date.UTC(2027, 0, 1);
const inAnHour = nowMs / 1000 + 3600;
const image = {
  template: 'two-boxes',
  lines: ['hello there', 'why?'],
  format: 'gif',
  options: { width: 400, campaign: 'spring-sale', expires: inAnHour },
} as const;

function visit(address: string) {
  const { pathname, searchParams } = new URL(address, 'https://example.com');
  return parseShareAddress(pathname, Object.fromEntries(searchParams));
}

interface Given {
  readonly isRequired?: boolean;
  readonly at?: number;
  readonly keys?: readonly string[];
  readonly owner?: string;
}

const check = (address: string, { isRequired = true, at = nowMs, keys = [key], owner }: Given = {}) =>
  checkSignature(visit(address), { keys, nowMs: at, isRequired, owner });
const refusal = (status: number, code: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ status, type: `/problems/${code}` }) });

describe('a signed address', () => {
  const address = signedAddress(image, key);

  it('is let through until it expires', () => {
    expect(() => check(address)).not.toThrow();
    expect(() => check(address, { at: inAnHour * 1000 })).toThrow(refusal(410, 'expired-address'));
  });

  it('is let through however it is written, as long as it means the same', () => {
    expect(() => check(address.replace('hello_there', 'hello-there'))).not.toThrow();
    expect(() => check(address.replace('hello_there', 'hello%20there'))).not.toThrow();
  });

  it('may be signed by anybody who has the campaign’s key and HMAC', () => {
    const plain = `/studio/images/two-boxes/hello_there/why~q.gif?campaign=spring-sale&expires=${inAnHour}&width=400`;
    const signature = createHmac('sha256', key).update(plain).digest('base64url');
    expect(`${plain}&signature=${signature}`).toBe(address);
  });

  it.each([
    ['another text', address.replace('hello', 'hallo')],
    ['another width', address.replace('width=400', 'width=401')],
    ['another format', address.replace('.gif', '.png')],
    ['another template', address.replace('two-boxes', 'two-foxes')],
    ['another campaign', address.replace('spring-sale', 'autumn-sale')],
    ['no campaign', address.replace('campaign=spring-sale', '')],
    ['a later end', address.replace(`expires=${inAnHour}`, `expires=${inAnHour + 1}`)],
    ['no end', address.replace(`expires=${inAnHour}`, '')],
    ['half a signature', address.slice(0, -20)],
    ['no signature to speak of', address.replace(/signature=.*/u, 'signature=')],
  ])('is not let through with %s', (_, changed) => {
    const cleaned = changed.replace('?&', '?').replace('&&', '&');
    expect(() => check(cleaned)).toThrow(refusal(403, 'wrong-signature'));
    expect(() => check(cleaned, { isRequired: false })).toThrow(refusal(403, 'wrong-signature'));
  });

  it('is not let through with another key, or after its campaign was revoked', () => {
    const other = campaignKey('another key of a stage', 'spring-sale');
    expect(() => check(address, { keys: [other] })).toThrow(refusal(403, 'wrong-signature'));
    expect(() => check(address, { keys: [] })).toThrow(refusal(403, 'wrong-signature'));
  });

  it('is let through with either key while the stage’s is replaced', () => {
    const next = campaignKey('the next key', 'spring-sale');
    expect(() => check(address, { keys: [next, key] })).not.toThrow();
    expect(() => check(signedAddress(image, next), { keys: [next, key] })).not.toThrow();
  });

  it('of a template that belongs to a campaign is that campaign’s', () => {
    expect(() => check(address, { owner: 'spring-sale' })).not.toThrow();
    expect(() => check(address, { owner: 'autumn-sale' })).toThrow(refusal(403, 'wrong-signature'));
  });
});

describe('the key of a campaign', () => {
  it('opens nothing of another campaign', () => {
    const autumn = { ...image, options: { ...image.options, campaign: 'autumn-sale' } };
    const keys = [campaignKey(stageKey, 'autumn-sale')];
    expect(() => check(signedAddress(autumn, key), { keys })).toThrow(refusal(403, 'wrong-signature'));
    expect(() => check(signedAddress(autumn, keys[0] ?? ''), { keys })).not.toThrow();
  });

  it('is not the stage’s, which signs nothing', () => {
    expect(key).toMatch(/^[0-9a-f]{64}$/u);
    expect(() => check(signedAddress(image, stageKey))).toThrow(refusal(403, 'wrong-signature'));
  });
});

describe('an unsigned address', () => {
  const open = { isRequired: false };

  it('is let through where no signature is asked for', () => {
    expect(() => check('/studio/images/x.png', open)).not.toThrow();
    expect(() => check('/studio/images/x.png')).toThrow(refusal(403, 'unsigned-address'));
  });

  it.each([
    [
      'expires: who could write that could leave it out',
      `/studio/images/x.png?expires=${inAnHour}`,
      undefined,
    ],
    ['names a campaign', '/studio/images/x.png?campaign=spring-sale', undefined],
    ['is of a template that belongs to a campaign', '/studio/images/x.png', 'spring-sale'],
  ])('is not let through when it %s', (_, address, owner) => {
    const rules = owner === undefined ? open : { ...open, owner };
    expect(() => check(address, rules)).toThrow(refusal(403, 'unsigned-address'));
  });
});
