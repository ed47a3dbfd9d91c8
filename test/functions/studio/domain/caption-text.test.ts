import { describe, expect, it } from 'vitest';
import { recipeOfShared, parseShareAddress } from '../../../../functions/studio/domain/share-address.ts';
import { readRecipe } from '../../../../functions/studio/domain/read-recipe.ts';
import { refusalsOf, uploadOf } from './recipes.ts';

const recipeWith = (...texts: readonly string[]) => ({
  source: uploadOf('photo'),
  captions: texts.map((text) => ({ text })),
  output: { format: 'png' } as const,
});
const read = (text: string): string | undefined => readRecipe(recipeWith(text)).captions[0]?.text;
const refusals = (...texts: readonly string[]) => refusalsOf(() => readRecipe(recipeWith(...texts)));

describe('the text of a caption', () => {
  it.each([
    ['every kind of line break', 'a\r\nb\rc\u2028d\u2029e\u0085f\vg\fh', 'a\nb\nc\nd\ne\nf\ng\nh'],
    ['a tab', 'a\tb', 'a b'],
    ['what nobody sees', '\uFEFFa\u200Bb\u00ADc\u2060', 'abc'],
    ['letters in parts', 'e\u0301', '\u00E9'],
    ['nothing but what nobody sees', '\u200B\uFEFF', ' '],
  ])('is made plain: %s', (_, written, drawn) => {
    expect(read(written)).toBe(drawn);
  });

  it.each([
    ['marks that say where a number belongs', 'שלום\u200F 3\u200E!'],
    ['joiners of scripts and of emoji', 'می\u200Cخواهم 👩\u200D🚀 ❤\uFE0F'],
    ['the flag of a region', '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}'],
    ['the accents of languages', 'Nguyễn Ṩṳ́ṇ'.normalize('NFC')],
  ])('stays as it is: %s', (_, text) => {
    expect(read(text)).toBe(text);
  });

  it.each([
    ['a control character', 'a\u0001b', 'U+0001 is a control character'],
    ['an escape', '\u001B[31m', 'U+001B is a control character'],
    ['a delete', 'a\u007F', 'U+007F is a control character'],
    ['half a character', 'a\uD83D', 'U+D83D is half a character'],
    ['an override of direction', 'abc\u202Egnp.exe', 'U+202E changes the direction of text unseen'],
    ['an embedding', '\u202Aa', 'U+202A changes the direction'],
    ['an isolate', '\u2066a\u2069', 'U+2066 changes the direction'],
    ['a hidden tag', 'x\u{E0041}y', 'U+E0041 is an invisible tag character'],
    ['a tower of accents', `Z${'\u0351'.repeat(9)}`, 'has too many accents'],
  ])('is refused, and the character named: %s', (_, text, why) => {
    expect(refusals('fine', text)).toEqual([expect.stringContaining(why)]);
    expect(refusals('fine', text)[0]?.startsWith('/captions/1/text: ')).toBe(true);
  });

  it('is refused for every caption that hides something, at once', () => {
    expect(refusals('\u202E', 'fine', '\u0007')).toHaveLength(2);
  });

  it('of an address is judged as well', () => {
    const visit = (line: string) =>
      recipeOfShared(parseShareAddress(`/studio/images/x/${encodeURIComponent(line)}.png`, {}));
    expect(() => visit('\u202Eabc')).toThrow('U+202E');
    expect(visit('a\r\nb').captions[0]?.text).toBe('a\nb');
  });
});
