import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StudioIndex, studioIndexSchema } from '../../../functions/contracts/template.ts';
import { covers } from '../../../functions/kernel/drawing/coverage.ts';
import { buildStudio } from '../../../tools/templates/build-studio.ts';
import { compileTemplate } from '../../../tools/templates/compile-template.ts';
import { TemplateError } from '../../../tools/templates/problem.ts';
import { movement, movingDrawing, plainDrawing, plainTemplate } from './made-template.ts';

const sticker =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><circle cx="50" cy="25" r="20" fill="#00aa00"/></svg>';

describe('Building what the studio draws with', () => {
  let parent: string;
  let out: string;
  let index: StudioIndex;
  const at = (...steps: readonly string[]): string => path.join(parent, ...steps);
  const build = (): Promise<void> =>
    buildStudio(out, {
      templatesFolder: at('templates'),
      stickersFolder: at('stickers'),
      cacheFolder: at('cache'),
    });
  const template = async (id: string, more: object, drawing: string): Promise<void> => {
    await mkdir(at('templates', id), { recursive: true });
    await writeFile(at('templates', id, 'template.json'), JSON.stringify({ ...plainTemplate, id, ...more }));
    await writeFile(at('templates', id, 'picture.svg'), drawing);
  };

  beforeAll(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'fanfare-studio-'));
    out = at('out');
    await template('still', {}, plainDrawing);
    await template('moving', { animation: movement }, movingDrawing);
    await mkdir(at('stickers'));
    await writeFile(at('stickers/dot.svg'), sticker);
    await writeFile(
      at('stickers/stickers.json'),
      JSON.stringify({ stickers: [{ id: 'dot', name: 'Dot', keywords: ['round'] }] }),
    );
    await build();
    index = studioIndexSchema.parse(JSON.parse(await readFile(path.join(out, 'index.json'), 'utf8')));
  });
  afterAll(() => rm(parent, { recursive: true, force: true }));

  it('lists templates in the order of their ids, with the defaults of their captions', () => {
    expect(index.templates.map(({ id, isAnimated, delaysMs }) => [id, isAnimated, delaysMs])).toEqual([
      ['moving', true, [50, 50, 200]],
      ['still', false, []],
    ]);
    expect(index.templates[1]?.captions).toEqual([
      {
        ...plainTemplate.captions[0],
        minSize: 14,
        maxSize: 90,
        maxLines: 3,
        align: 'centre',
        verticalAlign: 'middle',
        upperCase: false,
        rotate: 0,
      },
    ]);
  });

  it('keeps every pixel of a still', async () => {
    const file = path.join(out, index.templates[1]?.picture.file ?? '');
    const { data, info } = await sharp(await readFile(file))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { frames } = await compileTemplate(at('templates/still'));
    expect([info.width, info.height]).toEqual([200, 100]);
    expect(Buffer.compare(data, frames[0]?.data ?? Buffer.alloc(0))).toBe(0);
  });

  it('keeps the frames of an animation and how long each is seen', async () => {
    for (const part of ['picture', 'preview'] as const) {
      const bytes = await readFile(path.join(out, index.templates[0]?.[part].file ?? ''));
      const { format, pages, delay, loop } = await sharp(bytes).metadata();
      expect({ format, pages, delay, loop }).toEqual({
        format: 'webp',
        pages: 3,
        delay: [50, 50, 200],
        loop: 0,
      });
    }
  });

  it('draws stickers on nothing', async () => {
    const dot = index.stickers[0];
    expect(dot).toMatchObject({ id: 'dot', width: 512, height: 256 });
    const { data } = await sharp(await readFile(path.join(out, dot?.picture.file ?? '')))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const middle = (128 * 512 + 256) * 4;
    expect([data[3], ...data.subarray(middle, middle + 4)]).toEqual([0, 0, 0xaa, 0, 255]);
  });

  it('names every file that is there, with its size', async () => {
    const named = [
      ...index.templates.flatMap(({ picture, preview }) => [picture, preview]),
      ...index.stickers.map(({ picture }) => picture),
      ...index.fontFiles,
    ];
    for (const { file, bytes } of named) {
      expect((await readFile(path.join(out, file))).length).toBe(bytes);
    }
    const there = (await readdir(out, { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    expect(there).toHaveLength(named.length + 1);
  });

  it('gives every font a stack that begins with its own face and ends with emoji', () => {
    const fileAt = (file: string | undefined) => index.fontFiles.find((each) => each.file === file);
    for (const { files } of index.fonts) {
      expect(fileAt(files[0])?.coloured).toBe(false);
      expect(fileAt(files.at(-1))?.coloured).toBe(true);
      expect(new Set(files).size).toBe(files.length);
      for (const character of 'AéŁẾЖΩبשกअ中あ한😀') {
        const codePoint = character.codePointAt(0) ?? 0;
        expect(
          files.some((file) => covers(fileAt(file)?.coverage ?? [], codePoint)),
          character,
        ).toBe(true);
      }
    }
  });

  it('draws again only what changed', async () => {
    const before = await readdir(at('cache'));
    await template('still', { name: 'Renamed' }, plainDrawing);
    await build();
    const after = await readdir(at('cache'));
    expect(after).toHaveLength(2);
    expect(after.filter((name) => before.includes(name))).toEqual([expect.stringMatching(/^moving-/u)]);
    const next = studioIndexSchema.parse(JSON.parse(await readFile(path.join(out, 'index.json'), 'utf8')));
    expect(next.templates[1]).toMatchObject({ name: 'Renamed', picture: index.templates[1]?.picture });
  });

  it('builds nothing from a template that is wrong', async () => {
    await template('wrong', { id: 'other' }, plainDrawing);
    await expect(
      buildStudio(at('nothing'), {
        templatesFolder: at('templates'),
        stickersFolder: at('stickers'),
        cacheFolder: at('cache'),
      }),
    ).rejects.toThrow(TemplateError);
    await expect(access(at('nothing/index.json'))).rejects.toThrow('ENOENT');
    await rm(at('templates/wrong'), { recursive: true });
  });

  it.each([
    [
      'is not drawn',
      { 'stickers.json': { stickers: [{ id: 'ghost', name: 'Ghost', keywords: ['boo'] }] } },
      /There is no file ghost\.svg/u,
    ],
    ['is not listed', { 'other.svg': sticker }, /other\.svg is there, but no sticker is drawn in it/u],
    [
      'covers everything',
      { 'dot.svg': sticker.replace('<circle', '<rect width="100" height="50"/><circle') },
      /It has no transparent part/u,
    ],
    ['has a script', { 'dot.svg': sticker.replace('<circle', '<script/><circle') }, /It contains a script/u],
  ])('refuses a sticker that %s', async (_what, files, complaint) => {
    const folder = await mkdtemp(path.join(parent, 'stickers-'));
    const listed = { stickers: [{ id: 'dot', name: 'Dot', keywords: ['round'] }] };
    for (const [name, content] of Object.entries({ 'dot.svg': sticker, 'stickers.json': listed, ...files })) {
      await writeFile(
        path.join(folder, name),
        typeof content === 'string' ? content : JSON.stringify(content),
      );
    }
    await expect(
      buildStudio(at('unused'), {
        templatesFolder: at('templates'),
        stickersFolder: folder,
        cacheFolder: at('cache'),
      }),
    ).rejects.toThrow(complaint);
  });
});
