import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { create } from 'fontkit';
import { describe, expect, it } from 'vitest';
import { strut, strutFont } from '../../../../functions/kernel/drawing/strut.ts';
import { describeTypeface, renameTypeface } from '../../../../functions/kernel/drawing/typeface.ts';

const fonts = path.join(import.meta.dirname, '../../../fixtures/campaigns/test-card/fonts');
const font = (name: string): Promise<Buffer> => readFile(path.join(fonts, name));

describe('describeTypeface', () => {
  it('knows the height of the capitals', async () => {
    expect(describeTypeface(await font('Anton-Regular.ttf'))).toEqual({
      capHeight: 0.859375,
      coloured: false,
    });
    expect(describeTypeface(await font('NotoSans-Bold.ttf')).capHeight).toBeCloseTo(0.714, 3);
  });

  it('knows emoji fonts', async () => {
    expect(describeTypeface(await font('NotoColorEmoji.ttf')).coloured).toBe(true);
  });

  it('refuses what is not a font, and collections', () => {
    for (const bytes of [
      new Uint8Array(),
      Buffer.from('wOF2 something longer'),
      Buffer.from('ttcf something longer'),
    ]) {
      expect(() => describeTypeface(bytes)).toThrow('not a TrueType or OpenType font');
    }
  });
});

describe('renameTypeface', () => {
  it.each(['Anton-Regular.ttf', 'NotoSansCJKjp-Bold.otf', 'NotoColorEmoji.ttf'])(
    'gives %s another family and changes nothing else',
    async (name) => {
      const original = await font(name);
      const renamed = create(Buffer.from(renameTypeface(original, 'Somebody else')));
      const before = create(original);
      if (!('characterSet' in renamed) || !('characterSet' in before)) {
        throw new Error('A collection');
      }
      expect(renamed.familyName).toBe('Somebody else');
      expect(renamed.characterSet).toEqual(before.characterSet);
      expect(renamed.numGlyphs).toBe(before.numGlyphs);
      expect(renamed['OS/2']).toEqual(before['OS/2']);
    },
  );
});

describe('strutFont', () => {
  it('is a font with one character: two ticks, in the middle of its advance', () => {
    const built = create(Buffer.from(strutFont()));
    if (!('characterSet' in built)) {
      throw new Error('A collection');
    }
    expect(built.familyName).toBe(strut.family);
    // The last is the mark with which the list ends.
    expect(built.characterSet).toEqual([strut.character.codePointAt(0), 0xffff]);
    const glyph = built.glyphForCodePoint(strut.character.codePointAt(0) ?? 0);
    expect(glyph.advanceWidth).toBe(strut.advance * 1000);
    expect(glyph.bbox).toMatchObject({
      minX: 470,
      maxX: 530,
      minY: strut.bottom * 1000,
      maxY: strut.top * 1000,
    });
  });
});
