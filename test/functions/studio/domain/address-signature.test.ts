import { describe, expect, it } from 'vitest';
import { checkSignature, signedAddress } from '../../../../functions/studio/domain/address-signature.ts';
import { parseShareAddress, type SharedImage } from '../../../../functions/studio/domain/share-address.ts';

const key = Buffer.from('a key of thirty-two bytes, or so');
const nowMs = Date.UTC(2027, 0, 1);
const inAnHour = nowMs / 1000 + 3600;
const image: SharedImage = {
  template: 'two-boxes',
  lines: ['hello there', 'why?'],
  format: 'gif',
  options: { width: 400, expires: inAnHour },
};

function visit(address: string) {
  const { pathname, searchParams } = new URL(address, 'https://example.com');
  return parseShareAddress(pathname, Object.fromEntries(searchParams));
}

const check = (address: string, { isRequired = true, at = nowMs, secret = key } = {}) =>
  checkSignature(visit(address), { key: secret, nowMs: at, isRequired });
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

  it.each([
    ['another text', address.replace('hello', 'hallo')],
    ['another width', address.replace('width=400', 'width=401')],
    ['another format', address.replace('.gif', '.png')],
    ['another template', address.replace('two-boxes', 'two-foxes')],
    ['a later end', address.replace(`expires=${inAnHour}`, `expires=${inAnHour + 1}`)],
    ['no end', address.replace(`expires=${inAnHour}`, '')],
    ['half a signature', address.slice(0, -20)],
    ['no signature to speak of', address.replace(/signature=.*/u, 'signature=')],
  ])('is not let through with %s', (_, changed) => {
    const cleaned = changed.replace('?&', '?').replace('&&', '&');
    expect(() => check(cleaned)).toThrow(refusal(403, 'wrong-signature'));
    expect(() => check(cleaned, { isRequired: false })).toThrow(refusal(403, 'wrong-signature'));
  });

  it('is not let through with another key', () => {
    expect(() => check(address, { secret: Buffer.from('another') })).toThrow(refusal(403, 'wrong-signature'));
  });
});

describe('an unsigned address', () => {
  it('is let through where no signature is asked for', () => {
    expect(() => check('/studio/images/x.png', { isRequired: false })).not.toThrow();
    expect(() => check('/studio/images/x.png')).toThrow(refusal(403, 'unsigned-address'));
  });

  it('does not expire: who could write that could leave it out', () => {
    expect(() => check(`/studio/images/x.png?expires=${inAnHour}`, { isRequired: false })).toThrow(
      refusal(403, 'unsigned-address'),
    );
  });
});
