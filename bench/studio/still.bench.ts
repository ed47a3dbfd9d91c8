import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { createCanvas } from '../../functions/kernel/drawing/canvas.ts';
import { prepareEngine } from '../../functions/kernel/sharp/engine.ts';
import { loadTypeface } from '../../functions/kernel/sharp/load-typeface.ts';
import { grainyJpeg } from '../../test/fixtures/photos.ts';
import { atMost, type Row } from '../row.ts';
import { inTurn } from './in-turn.ts';
import { openStudio, template, upload } from './open-studio.ts';

const rounds = 15;
const words = 'ONE DOES NOT SIMPLY MAKE A PICTURE';
const anton = path.join(import.meta.dirname, '../../fonts/studio/Anton-Regular.ttf');

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A captioned still against the least that a person would write to get one with sharp: read, resize, text with an outline, compose, encode. */
export async function run(): Promise<Row[]> {
  prepareEngine();
  const { family } = await loadTypeface(await readFile(anton));
  const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-stills-'));
  try {
    const studio = await openStudio(folder);
    const { width, height } = await sharp(studio.picture).metadata();
    const [hd, phone] = [
      { width: 1920, height: 1080 },
      { width: 4032, height: 3024 },
    ];
    const captions = [{ text: words, place: 'top' as const }];
    const output = { format: 'jpeg', quality: 80 } as const;
    const resized = (to: number) => [{ op: 'resize', width: to } as const];
    const photos = [
      await grainyJpeg(hd.width, hd.height),
      await grainyJpeg(phone.width, phone.height),
    ] as const;
    return [
      await compared('a still of a template, a caption', studio.picture, { width, height }, family, () =>
        studio.make({ source: { kind: 'template', template }, captions, output }),
      ),
      await compared('a photo of 1080p, a caption', photos[0], hd, family, () =>
        studio.make({ source: upload, geometry: resized(hd.width), captions, output }, photos[0]),
      ),
      await compared(
        'a photo of 12 megapixels to 1440 pixels, a caption',
        photos[1],
        { width: 1440, height: 1080 },
        family,
        () => studio.make({ source: upload, geometry: resized(1440), captions, output }, photos[1]),
      ),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function compared(
  what: string,
  photo: Uint8Array,
  size: Size,
  family: string,
  own: () => Promise<Uint8Array>,
): Promise<Row> {
  const times = await inTurn(rounds, { own, bare: () => bareSharp(photo, size, family) });
  const [ms = 0, bareMs = 0] = [times.get('own'), times.get('bare')];
  return atMost(
    `${what}, against bare sharp`,
    ms / bareMs,
    1.15,
    `${ms.toFixed(0)} ms against ${bareMs.toFixed(0)} ms`,
  );
}

/** The outline as people make it without a path: the text, dilated, under the text. */
async function bareSharp(photo: Uint8Array, { width, height }: Size, family: string): Promise<Buffer> {
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
