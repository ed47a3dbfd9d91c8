import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { prepareEngine } from '../../functions/kernel/sharp/engine.ts';
import { atMost, type Row } from '../row.ts';
import { ffmpeg, isFfmpegThere } from './movies/ffmpeg.ts';
import { inTurn } from './pictures/in-turn.ts';
import { makeRecipe } from './pictures/make-recipe.ts';

const runProgram = promisify(execFile);
const side = 240;
const frames = 40;
const words = 'WHEN IT WORKS';
const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** A GIF of 480 pixels to one of 240 with a caption, 40 frames, against the tools that people use for that. */
export async function run(): Promise<Row[]> {
  if (!(await isFfmpegThere())) {
    return [{ measure: 'GIF against ffmpeg', figure: 'ffmpeg is not installed here' }];
  }
  prepareEngine();
  const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-gifs-'));
  try {
    return await compare(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function compare(folder: string): Promise<Row[]> {
  const file = (name: string): string => path.join(folder, name);
  const source = file('source.gif');
  const footage = `mandelbrot=s=480x480:r=20:maxiter=300,noise=alls=3:allf=t`;
  await ffmpeg(
    '-f',
    'lavfi',
    // The footage never ends; its palette is made of all of it.
    '-t',
    String(frames / 20),
    '-i',
    footage,
    '-filter_complex',
    'split[a][b];[a]palettegen[p];[b][p]paletteuse',
    source,
  );
  const bytes = new Uint8Array(await readFile(source));
  // The same caption for all: painted here once, composed by each.
  const caption = file('caption.png');
  await writeFile(caption, await captionOf());
  const palette = 'overlay,split[a][b];[a]palettegen[p];[b][p]paletteuse';
  const filters = `[0:v]scale=${side}:-1[s];[s][1:v]${palette}`;
  const magick = (await isThere('/usr/bin/convert')) ? '/usr/bin/convert' : undefined;
  const gifsicle = (await isThere('/usr/bin/gifsicle')) ? '/usr/bin/gifsicle' : undefined;
  const times = await inTurn({
    own: async () => await writeFile(file('own.gif'), await ownGif(bytes)),
    ffmpeg: () => ffmpeg('-i', source, '-i', caption, '-filter_complex', filters, file('ffmpeg.gif')),
    ...(magick === undefined
      ? {}
      : {
          magick: () =>
            runProgram(magick, [
              source,
              '-coalesce',
              '-resize',
              `${side}x`,
              'null:',
              caption,
              '-compose',
              'over',
              '-layers',
              'composite',
              '-layers',
              'optimize',
              file('magick.gif'),
            ]),
        }),
    // It cannot write text: this is the resize alone.
    ...(gifsicle === undefined
      ? {}
      : {
          gifsicle: () =>
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
        }),
  });
  const own = times.get('own') ?? 0;
  const rows: Row[] = [];
  for (const [name, bound] of [
    ['ffmpeg', 0.6],
    ['gifsicle', 0.5],
    ['magick', 0.5],
  ] as const) {
    const other = times.get(name);
    if (other === undefined) {
      rows.push({ measure: `GIF 480 to 240 against ${name}`, figure: 'not installed here' });
    } else {
      rows.push(
        atMost(
          `GIF 480 to 240 with a caption, ${frames} frames, against ${name}`,
          own / other,
          bound,
          `${own.toFixed(0)} ms against ${other.toFixed(0)} ms`,
        ),
      );
    }
  }
  const original = await originalFrames(bytes, caption);
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
    await nearness(file('own.gif'), original),
    await nearness(file('ffmpeg.gif'), original),
  ];
  rows.push({
    measure: 'its picture against ffmpeg',
    figure: `${ownDb.toFixed(1)} dB against ${otherDb.toFixed(1)} dB`,
    bound: '≥ ffmpeg’s',
    holds: ownDb >= otherDb,
  });
  return rows;
}

const ownGif = (bytes: Uint8Array): Promise<Uint8Array> =>
  makeRecipe(bytes, {
    geometry: [{ op: 'resize', width: side }],
    captions: [{ text: words, place: 'bottom' }],
    output: { format: 'gif' },
  });

/** What our caption adds to a frame, as a picture that others can lay over theirs. */
async function captionOf(): Promise<Buffer> {
  const on = async (colour: string): Promise<Buffer> => {
    const ground = await sharp({ create: { width: 480, height: 480, channels: 3, background: colour } })
      .png()
      .toBuffer();
    const drawn = await makeRecipe(ground, {
      geometry: [{ op: 'resize', width: side }],
      captions: [{ text: words, place: 'bottom' }],
      output: { format: 'png' },
    });
    return await sharp(drawn).removeAlpha().raw().toBuffer();
  };
  const [onBlack, onWhite] = [await on('#000000'), await on('#ffffff')];
  const data = new Uint8Array(side * side * 4);
  for (let pixel = 0; pixel < side * side; pixel += 1) {
    // What white adds is what is seen through.
    const alpha = 255 - ((onWhite[pixel * 3] ?? 0) - (onBlack[pixel * 3] ?? 0));
    for (let channel = 0; channel < 3; channel += 1) {
      data[pixel * 4 + channel] =
        alpha === 0 ? 0 : Math.min(255, ((onBlack[pixel * 3 + channel] ?? 0) * 255) / alpha);
    }
    data[pixel * 4 + 3] = alpha;
  }
  return await sharp(data, { raw: { width: side, height: side, channels: 4 } })
    .png()
    .toBuffer();
}

/** The frames as they should be, in all colours: resized one by one, with the caption over them. */
async function originalFrames(bytes: Uint8Array, caption: string): Promise<Buffer[]> {
  return await Promise.all(
    Array.from({ length: frames }, async (_, page) => {
      const resized = await sharp(bytes, { page }).removeAlpha().resize(side, side).png().toBuffer();
      return await sharp(resized)
        .composite([{ input: await readFile(caption) }])
        .removeAlpha()
        .raw()
        .toBuffer();
    }),
  );
}

/** In dB over all frames. */
async function nearness(file: string, original: readonly Buffer[]): Promise<number> {
  const bytes = await readFile(file);
  let sum = 0;
  let count = 0;
  for (const [page, expected] of original.entries()) {
    const shown = await sharp(bytes, { page }).removeAlpha().raw().toBuffer();
    for (const [at, value] of expected.entries()) {
      sum += (value - (shown[at] ?? 0)) ** 2;
    }
    count += expected.length;
  }
  return 10 * Math.log10((255 ** 2 * count) / sum);
}

const kib = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KiB`;
