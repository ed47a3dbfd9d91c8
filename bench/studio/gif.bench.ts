import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp, { type OverlayOptions } from 'sharp';
import type { RecipeInput } from '../../functions/contracts/recipe.ts';
import { prepareEngine } from '../../functions/kernel/sharp/engine.ts';
import { atMost, type Row } from '../row.ts';
import { debianTools } from './debian-tools.ts';
import { inTurn } from './in-turn.ts';
import { makeFootageGif } from './movies/footage.ts';
import { ffmpeg } from './movies/ffmpeg.ts';
import { openStudio, upload, type Studio } from './open-studio.ts';
import { captionPicture } from './pictures/caption-picture.ts';
import { nearness } from './pictures/nearness.ts';

const runProgram = promisify(execFile);
const rounds = 9;
const side = 240;
const frames = 40;
const captions: RecipeInput['captions'] = [{ text: 'WHEN IT WORKS', place: 'bottom' }];

/** A GIF of 480 pixels to one of 240 with a caption, 40 frames, against the tools that people use for that. */
export async function run(): Promise<Row[]> {
  const tools = await debianTools('ffmpeg', 'convert', 'gifsicle');
  if (!tools.has('ffmpeg')) {
    return [{ measure: 'GIF against ffmpeg', figure: 'ffmpeg is not installed here' }];
  }
  prepareEngine();
  const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-gifs-'));
  try {
    return await compare(folder, await openStudio(folder), tools.get('convert'), tools.get('gifsicle'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function compare(
  folder: string,
  studio: Studio,
  convert: string | undefined,
  gifsicle: string | undefined,
): Promise<Row[]> {
  const file = (name: string): string => path.join(folder, name);
  const source = file('source.gif');
  await makeFootageGif(source, frames);
  const bytes = new Uint8Array(await readFile(source));
  // The same caption for all: painted here once, composed by each.
  const caption = file('caption.png');
  const { png, left, top } = await captionPicture(studio, { width: side, height: side }, captions);
  await writeFile(caption, png);
  const over = `overlay=${left}:${top}`;
  const filters = `[0:v]scale=${side}:-1[s];[s][1:v]${over},split[a][b];[a]palettegen[p];[b][p]paletteuse`;
  const times = await inTurn(rounds, {
    own: async () => await writeFile(file('own.gif'), await ownGif(studio, bytes)),
    ffmpeg: () => ffmpeg('-i', source, '-i', caption, '-filter_complex', filters, file('ffmpeg.gif')),
    ImageMagick:
      convert === undefined
        ? undefined
        : () =>
            runProgram(convert, [
              source,
              '-coalesce',
              '-resize',
              `${side}x`,
              'null:',
              caption,
              '-geometry',
              `+${left}+${top}`,
              '-compose',
              'over',
              '-layers',
              'composite',
              '-layers',
              'optimize',
              file('magick.gif'),
            ]),
    // It cannot write text: this is the resize alone.
    gifsicle:
      gifsicle === undefined
        ? undefined
        : () =>
            runProgram(gifsicle, [
              '--resize-width',
              String(side),
              '--colors',
              '256',
              '-O2',
              source,
              '-o',
              file('gifsicle.gif'),
            ]),
  });
  const own = times.get('own') ?? 0;
  const rows: Row[] = [];
  for (const [name, bound] of [
    ['ffmpeg', 0.6],
    ['ImageMagick', 0.5],
    // Half of the time of one of the two is promised.
    ['gifsicle', undefined],
  ] as const) {
    const other = times.get(name);
    const measure = `GIF 480 to 240 with a caption, ${frames} frames, against ${name}`;
    const detail = `${own.toFixed(0)} ms against ${other?.toFixed(0) ?? ''} ms`;
    rows.push(
      other === undefined
        ? { measure, figure: 'not installed here' }
        : bound === undefined
          ? { measure, figure: `${(own / other).toFixed(2)} × (${detail}, which writes no text)` }
          : atMost(measure, own / other, bound, detail),
    );
  }
  const original = await originalFrames(bytes, { input: png, left, top });
  const [ownBytes, otherBytes] = [(await stat(file('own.gif'))).size, (await stat(file('ffmpeg.gif'))).size];
  rows.push(
    atMost(
      'its size against ffmpeg',
      ownBytes / otherBytes,
      1.05,
      `${kib(ownBytes)} against ${kib(otherBytes)}`,
    ),
  );
  const [ownDb, otherDb] = [
    await nearness(await readFile(file('own.gif')), original),
    await nearness(await readFile(file('ffmpeg.gif')), original),
  ];
  rows.push({
    measure: 'its picture against ffmpeg',
    figure: `${ownDb.toFixed(1)} dB against ${otherDb.toFixed(1)} dB`,
    bound: '≥ ffmpeg’s',
    holds: ownDb >= otherDb,
  });
  return rows;
}

const ownGif = (studio: Studio, bytes: Uint8Array): Promise<Uint8Array> =>
  studio.make(
    {
      source: upload,
      geometry: [{ op: 'resize', width: side }],
      captions,
      output: { format: 'gif' },
    },
    bytes,
  );

/** The frames as they should be, in all colours: resized one by one, with the caption over them. */
async function originalFrames(bytes: Uint8Array, caption: OverlayOptions): Promise<Buffer[]> {
  return await Promise.all(
    Array.from({ length: frames }, async (_, page) => {
      const resized = await sharp(bytes, { page }).removeAlpha().resize(side, side).png().toBuffer();
      return await sharp(resized).composite([caption]).removeAlpha().raw().toBuffer();
    }),
  );
}

const kib = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KiB`;
