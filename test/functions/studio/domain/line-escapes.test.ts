import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeLine, unescapeLine } from '../../../../functions/studio/domain/line-escapes.ts';

describe('a line of an address', () => {
  it.each([
    ['one_does-not', 'one does not'],
    ['snake__case', 'snake_case'],
    ['well--known', 'well-known'],
    ['first~nsecond', 'first\nsecond'],
    ['why~q', 'why?'],
    ['you~ame', 'you&me'],
    ['100~p', '100%'],
    ['~htag', '#tag'],
    ['and~sor', 'and/or'],
    ['back~bslash', 'back\\slash'],
    ['~lb~g', '<b>'],
    ["''quoted''", '"quoted"'],
    ['a~~b', 'a~b'],
    ["~'~'", "''"],
    ['~d~d', '..'],
  ])('that is written %j says %j, and the other way round', (line, text) => {
    expect(unescapeLine(line)).toBe(text);
    expect(unescapeLine(escapeLine(text))).toBe(text);
  });

  it('reads what people write by hand: a tilde before nothing known is a tilde', () => {
    expect(unescapeLine('~x_~')).toBe('~x ~');
    expect(unescapeLine("don't")).toBe("don't");
  });

  it('gives back every text', () => {
    const awkward = fc
      .array(
        fc.constantFrom(
          ' ',
          '_',
          '-',
          '~',
          "'",
          '"',
          '%',
          '?',
          'n',
          'd',
          '.',
          '/',
          '\\',
          '<',
          '\n',
          '👩‍👧',
          'ء',
        ),
        {
          minLength: 1,
          maxLength: 12,
        },
      )
      .map((characters) => characters.join(''));
    fc.assert(
      fc.property(fc.oneof(awkward, fc.string({ unit: 'binary', minLength: 1 })), (text) => {
        const line = escapeLine(text);
        expect(unescapeLine(line)).toBe(text.toWellFormed());
        expect(line).not.toMatch(/[?&%#/\\<>"\n]/u);
        expect(['', '.', '..']).not.toContain(line);
      }),
      { numRuns: 5000 },
    );
  });
});
