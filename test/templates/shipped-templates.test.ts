import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { studioFontsSchema } from '../../functions/contracts/template.ts';
import { delaysOf } from '../../tools/templates/animation.ts';
import { templateIds } from '../../tools/templates/build-studio.ts';
import { checkDrawing } from '../../tools/templates/check-drawing.ts';
import { liesInside } from '../../tools/templates/check-template.ts';
import { readTemplate } from '../../tools/templates/compile-template.ts';
import { drawCaption } from '../../tools/templates/draw-caption.ts';
import { compileStickers } from '../../tools/templates/stickers.ts';
import { studioFonts } from '../../tools/templates/studio-fonts.ts';

const project = path.join(import.meta.dirname, '../..');
const templatesFolder = path.join(project, 'templates');
const ids = await templateIds(templatesFolder);
/** As long as what people usually write into one box. */
const sentence = 'Nobody expected this to work at all';

describe('The shipped templates', () => {
  it('are at least twenty-four, of which at least five move', async () => {
    const templates = await Promise.all(ids.map((id) => readTemplate(path.join(templatesFolder, id))));
    expect(templates.length).toBeGreaterThanOrEqual(24);
    expect(
      templates.filter(({ template }) => template.animation !== undefined).length,
    ).toBeGreaterThanOrEqual(5);
    expect(new Set(templates.map(({ template }) => template.name)).size).toBe(templates.length);
  });

  describe.each(ids)('%s', (id) => {
    const folder = path.join(templatesFolder, id);

    it('is valid, its examples fit, and its caption boxes lie in the picture and apart', async () => {
      const { template } = await readTemplate(folder);
      for (const [index, caption] of template.captions.entries()) {
        expect(liesInside(caption, template)).toBe(true);
        const { left, top, width, height } = caption.box;
        for (const { box } of template.captions.slice(index + 1)) {
          const apart =
            box.left >= left + width ||
            left >= box.left + box.width ||
            box.top >= top + height ||
            top >= box.top + box.height;
          expect(apart).toBe(true);
        }
      }
    });

    it('is one drawing that needs nothing else', async () => {
      const { template, drawing } = await readTemplate(folder);
      expect(checkDrawing(drawing, template)).toEqual([]);
      expect((await readdir(folder)).toSorted()).toEqual(['picture.svg', 'template.json']);
    });

    it('has room for a sentence in every box', async () => {
      const { template } = await readTemplate(folder);
      const fonts = await studioFonts();
      for (const slot of template.captions.keys()) {
        expect(await drawCaption(template, slot, sentence, fonts)).toBeDefined();
      }
    });

    it('is over within six seconds when it moves', async () => {
      const { template } = await readTemplate(folder);
      const durationMs = delaysOf(template.animation ?? { frames: [] }).reduce(
        (sum, delay) => sum + delay,
        0,
      );
      expect(durationMs).toBeLessThanOrEqual(6000);
    });
  });
});

describe('The shipped stickers', () => {
  it('are at least twenty, each drawn on nothing', async () => {
    const stickers = await compileStickers(path.join(project, 'stickers'));
    expect(stickers.length).toBeGreaterThanOrEqual(20);
    for (const { picture } of stickers) {
      const corner = picture.data[3];
      expect([picture.channels, corner]).toEqual([4, 0]);
    }
  });
});

describe('The fonts of the studio', () => {
  const folder = path.join(project, 'fonts/studio');

  it('are six, each of another style, the classic meme face first', async () => {
    const fonts = await studioFonts();
    expect(fonts.map(({ style }) => style)).toEqual([
      'condensed',
      'sans',
      'comic',
      'serif',
      'monospace',
      'handwriting',
    ]);
  });

  it('come with their licence, and each file with where it is from', async () => {
    const licence = await readFile(path.join(folder, 'OFL.txt'), 'utf8');
    const table = await readFile(path.join(folder, 'LICENSES.md'), 'utf8');
    expect(licence).toContain('SIL OPEN FONT LICENSE Version 1.1');
    const listed = studioFontsSchema.parse(
      JSON.parse(await readFile(path.join(folder, 'fonts.json'), 'utf8')),
    );
    const files = (await readdir(folder)).filter((name) => name.endsWith('.ttf'));
    const used = [...listed.fonts.map(({ file }) => file), ...listed.fallbacks];
    expect(files.length).toBeGreaterThan(6);
    for (const file of files) {
      expect(used).toContain(file);
      expect(table).toMatch(new RegExp(`\\| \`${file}\` .*20\\d\\d.*npm \``, 'u'));
    }
  });
});
