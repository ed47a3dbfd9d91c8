import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { createCanvas } from '../../functions/kernel/drawing/canvas.ts';
import { prepareEngine } from '../../functions/kernel/sharp/engine.ts';
import { loadTypeface } from '../../functions/kernel/sharp/load-typeface.ts';
import { grainyJpeg } from '../../test/fixtures/photos.ts';
import { atMost, type Row } from '../row.ts';
import { inTurn } from './pictures/in-turn.ts';
import { makeRecipe } from './pictures/make-recipe.ts';

const words = 'ONE DOES NOT SIMPLY MAKE A PICTURE';
const anton = path.join(import.meta.dirname, '../../fonts/studio/Anton-Regular.ttf');

/** A captioned still against the least that a person would write to get one with sharp: read, resize, text with an outline, compose, encode. */
export async function run(): Promise<Row[]> {
  prepareEngine();
  const { family } = await loadTypeface(await readFile(anton));
  const rows: Row[] = [];
  for (const [what, size, width] of [
    ['1080p, a caption, JPEG', { width: 1920, height: 1080 }, 1920],
    ['12 megapixels to 1440 pixels, a caption, JPEG', { width: 4032, height: 3024 }, 1440],
  ] as const) {
    const photo = await grainyJpeg(size.width, size.height);
    const height = Math.round((size.height * width) / size.width);
    const times = await inTurn({
      own: () =>
        makeRecipe(photo, {
          geometry: [{ op: 'resize', width }],
          captions: [{ text: words, place: 'top' }],
          output: { format: 'jpeg', quality: 80 },
        }),
      bare: () => bareSharp(photo, { width, height }, family),
    });
    const [own = 0, bare = 0] = [times.get('own'), times.get('bare')];
    rows.push(
      atMost(
        `${what} against bare sharp`,
        own / bare,
        1.15,
        `${own.toFixed(0)} ms against ${bare.toFixed(0)} ms`,
      ),
    );
  }
  return rows;
}

/** The outline as people make it without a path: the text, dilated, under the text. */
async function bareSharp(
  photo: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  family: string,
): Promise<Buffer> {
  const size = Math.round(width / 15);
  const text = await sharp({ text: { text: words, font: `${family} ${size}`, dpi: 72 } })
    .extend({ top: 8, bottom: 8, left: 8, right: 8, background: '#000000' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: text.info.width, height: text.info.height, channels: 1 as const };
  const outline = await sharp(text.data, { raw }).toColourspace('b-w').dilate(6).raw().toBuffer();
  const layer = async (mask: Buffer, value: number): Promise<Buffer> => {
    const { data } = createCanvas(raw.width, raw.height, {
      red: value,
      green: value,
      blue: value,
      alpha: 255,
    });
    return await sharp(data, { raw: { ...raw, channels: 3 } })
      .joinChannel(mask, { raw })
      .png({ compressionLevel: 0 })
      .toBuffer();
  };
  const left = Math.max(0, Math.round((width - raw.width) / 2));
  return await sharp(photo)
    .resize(width, height, { fit: 'fill' })
    .composite([
      { input: await layer(outline, 0), left, top: 20 },
      { input: await layer(text.data, 255), left, top: 20 },
    ])
    .jpeg({ quality: 80 })
    .toBuffer();
}
