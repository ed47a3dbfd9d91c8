import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../../../functions/foundation/domain/redact.ts';

const webhook = 'https://hooks.example.com/services/T0123456/B0123456/abcdefghijklmnopqrstuvwx';

describe('redacting', () => {
  it.each([
    ['the address', `failed to post to ${webhook}`],
    ['its path', 'no route for /services/T0123456/B0123456/abcdefghijklmnopqrstuvwx'],
    ['its token alone', 'invalid token abcdefghijklmnopqrstuvwx'],
    ['it percent-encoded', `?target=${encodeURIComponent(webhook)}`],
    ['it as JSON may escape it', JSON.stringify(webhook).replaceAll('/', '\\/')],
  ])('removes %s', (_case, text) => {
    const left = redact(text, webhook);
    expect(left).not.toContain('abcdefghijklmnopqrstuvwx');
    expect(left).not.toContain('T0123456');
    expect(left).toContain('[redacted]');
  });

  it('leaves ordinary words', () => {
    expect(redact('The channel is archived.', webhook)).toBe('The channel is archived.');
  });

  it('leaves nothing of any key, wherever it is and however often', () => {
    const key = fc.string({ unit: fc.constantFrom(...'abcdef0123456789+/='), minLength: 20, maxLength: 40 });
    fc.assert(
      fc.property(
        key,
        fc.array(fc.constantFrom('key', ' ', '"', 'routing_key: ', '\n'), { maxLength: 5 }),
        (secret, words) => {
          expect(redact(words.join(secret) + secret, secret)).not.toContain(secret);
        },
      ),
    );
  });
});
