import { describe, expect, it } from 'vitest';
import type { StudioIndex } from '../../../../functions/contracts/template.ts';
import { checkLetters } from '../../../../functions/studio/domain/check-letters.ts';
import { fakeIndex } from '../fakes.ts';
import { planOf, refusalsOf, uploadOf } from './recipes.ts';

const emoji = 'fonts/00000000000000ff.ttf';
const index: StudioIndex = {
  ...fakeIndex,
  fonts: fakeIndex.fonts.map((font) => ({ ...font, files: [...font.files, emoji] })),
  fontFiles: [
    ...fakeIndex.fontFiles,
    { file: emoji, bytes: 1, coverage: [[0x1f600, 0x1f64f]], coloured: true },
  ],
};
const planWith = (...texts: readonly string[]) =>
  planOf({
    source: uploadOf('photo'),
    captions: texts.map((text) => ({ text, upperCase: true })),
    output: { format: 'png' },
  });

describe('letters that no font has', () => {
  it('are refused by name and place, not drawn as boxes', () => {
    expect(refusalsOf(() => checkLetters(planWith('fine', 'ᏣᎳᎩ a'), index))).toEqual([
      '/captions/1/text: “Ꮳ”, “Ꮃ”, “Ꭹ” cannot be drawn: no font here has it.',
    ]);
  });

  it('are not those of any file of the stack, nor white space, nor what only shapes its neighbours', () => {
    expect(() => checkLetters(planWith('a\u00A0b\n c 😀\uFE0F \u200E!'), index)).not.toThrow();
  });
});
