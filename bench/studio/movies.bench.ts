import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RecipeInput } from '../../functions/contracts/recipe.ts';
import { createMovieEncoder } from '../../functions/studio/adapters/movies/create-movie-encoder.ts';
import { i420ToRgba } from '../../functions/studio/adapters/movies/i420-to-rgba.ts';
import { rgbaToI420 } from '../../functions/studio/adapters/movies/rgba-to-i420.ts';
import { trimMovie } from '../../functions/studio/adapters/movies/trim-movie.ts';
import { atMost, type Row } from '../row.ts';
import { median } from '../statistics.ts';
import { debianTools } from './debian-tools.ts';
import { inTurn } from './in-turn.ts';
import { ffmpeg, psnr } from './movies/ffmpeg.ts';
import { makeFootageGif, makeFootageMovie, to709 } from './movies/footage.ts';
import { openStudio, upload, type Studio } from './open-studio.ts';
import { captionPicture } from './pictures/caption-picture.ts';
import { nearness } from './pictures/nearness.ts';

const rounds = 7;
const hd = { width: 1280, height: 720 };
const frameBytes = hd.width * hd.height * 4;
const encodedFrames = 100;
const frameMs = 1000 / 30;
const mebibyte = 1024 ** 2;
const captions: RecipeInput['captions'] = [{ text: 'WHEN IT WORKS', place: 'bottom' }];
const small = { width: 480, height: 270, frameRate: 15 };

/** Movies against ffmpeg in the same run: encoding, GIF to MP4, a clip to a captioned MP4 and to a captioned GIF; and their pictures. */
export async function run(): Promise<Row[]> {
  if (!(await debianTools('ffmpeg')).has('ffmpeg')) {
    return [{ measure: 'movies against ffmpeg', figure: 'ffmpeg is not installed here' }, ...conversions()];
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-movies-'));
  try {
    const files = await makeFiles(folder, await openStudio(folder));
    return [
      ...(await clipToMovie(files)),
      ...(await clipToGif(files)),
      ...(await gifToMovie(files)),
      ...conversions(),
      ...(await encoding(files)),
      await trimming(files),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Files {
  readonly folder: string;
  readonly studio: Studio;
  readonly clip: string;
  readonly gif: string;
}

async function makeFiles(folder: string, studio: Studio): Promise<Files> {
  const files = { folder, studio, clip: path.join(folder, 'clip.mp4'), gif: path.join(folder, 'clip.gif') };
  await makeFootageMovie(files.clip);
  await makeFootageGif(files.gif, 40);
  return files;
}

async function clipToMovie({ folder, studio, clip }: Files): Promise<Row[]> {
  const bytes = new Uint8Array(await readFile(clip));
  const own = path.join(folder, 'captioned-own.mp4');
  const other = path.join(folder, 'captioned-other.mp4');
  const caption = await writeCaption(folder, studio, hd);
  const over = ['-i', clip, '-i', caption.file, '-filter_complex', caption.overlay];
  const times = await inTurn(rounds, {
    own: async () =>
      await writeFile(own, await studio.make({ source: upload, captions, output: { format: 'mp4' } }, bytes)),
    other: () => ffmpeg(...over, '-c:v', 'libx264', '-preset', 'veryfast', other),
  });
  const original = path.join(folder, 'captioned-original.mp4');
  await ffmpeg(...over, '-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '0', original);
  const what = '5 s of 720p to captioned MP4';
  return [compared(what, times, 1.3), await pictures(what, own, other, original)];
}

async function clipToGif({ folder, studio, clip }: Files): Promise<Row[]> {
  const bytes = new Uint8Array(await readFile(clip));
  const [own, other] = [path.join(folder, 'clip-own.gif'), path.join(folder, 'clip-other.gif')];
  const caption = await writeCaption(folder, studio, small);
  const { width, height, frameRate } = small;
  // Every second frame, as both have it.
  const drawn = `[0:v]select='not(mod(n,2))',scale=${width}:${height}[s];[s][1:v]${caption.overlay}`;
  const input = ['-i', clip, '-i', caption.file];
  const gif = `${drawn},split[a][b];[a]palettegen[p];[b][p]paletteuse`;
  const times = await inTurn(rounds, {
    own: async () =>
      await writeFile(
        own,
        await studio.make(
          {
            source: upload,
            timeline: { frameRate },
            geometry: [{ op: 'resize', width }],
            captions,
            output: { format: 'gif' },
          },
          bytes,
        ),
      ),
    other: () => ffmpeg(...input, '-filter_complex', gif, '-r', String(frameRate), other),
  });
  const raw = path.join(folder, 'clip-original.rgb');
  await ffmpeg(
    ...input,
    '-filter_complex',
    drawn,
    '-fps_mode',
    'passthrough',
    '-pix_fmt',
    'rgb24',
    '-f',
    'rawvideo',
    raw,
  );
  const all = await readFile(raw);
  const frames = Array.from({ length: all.length / (width * height * 3) }, (_, index) =>
    all.subarray(index * width * height * 3, (index + 1) * width * height * 3),
  );
  const [ownBytes, otherBytes] = [await readFile(own), await readFile(other)];
  const [ownDb, otherDb] = [await nearness(ownBytes, frames), await nearness(otherBytes, frames)];
  const what = '5 s of 720p to captioned GIF';
  return [
    compared(what, times, 1.1),
    {
      // What both are compared with was made smaller by ffmpeg's own filter, which is not ours.
      measure: `${what}: picture against what ffmpeg scales, and size`,
      figure: `${ownDb.toFixed(1)} dB, ${kib(ownBytes.length)} against ${otherDb.toFixed(1)} dB, ${kib(otherBytes.length)}`,
    },
  ];
}

/** At which this footage comes as near to the original as x264's default does. */
const quality = 94;

async function gifToMovie({ folder, studio, gif }: Files): Promise<Row[]> {
  const bytes = new Uint8Array(await readFile(gif));
  const own = path.join(folder, 'gif-own.mp4');
  const other = path.join(folder, 'gif-other.mp4');
  const input = ['-i', gif, '-fps_mode', 'passthrough', '-vf', to709, '-c:v', 'libx264'];
  const times = await inTurn(rounds, {
    own: async () =>
      await writeFile(own, await studio.make({ source: upload, output: { format: 'mp4', quality } }, bytes)),
    other: () => ffmpeg(...input, '-preset', 'veryfast', other),
  });
  const original = path.join(folder, 'gif-original.mp4');
  await ffmpeg(...input, '-preset', 'ultrafast', '-qp', '0', original);
  const what = 'GIF of 480 × 480, 40 frames, to MP4';
  return [compared(what, times, 1), await pictures(what, own, other, original)];
}

/** As a file, and as a filter of ffmpeg's. */
async function writeCaption(
  folder: string,
  studio: Studio,
  size: { readonly width: number; readonly height: number },
): Promise<{ readonly file: string; readonly overlay: string }> {
  const { png, left, top } = await captionPicture(studio, size, captions);
  const file = path.join(folder, `caption-${size.width}.png`);
  await writeFile(file, png);
  return { file, overlay: `overlay=${left}:${top}` };
}

/** In this thread, where they are done. */
function conversions(): Row[] {
  const rgba = new Uint8Array(frameBytes).map((_, at) => (at % 4 === 3 ? 255 : at * 31));
  const planes = new Uint8Array(frameBytes * 0.375);
  const into = rgbaToI420({ ...hd, background: [255, 255, 255] });
  const from = i420ToRgba(hd.width, hd.height, { matrix: 'bt709', isFullRange: false }, upright);
  return (
    [
      ['RGBA to I420', () => into(rgba, planes)],
      ['I420 to RGBA', () => from(planes)],
    ] as const
  ).map(([name, convert]) => {
    const times = Array.from({ length: 60 }, () => {
      const start = performance.now();
      convert();
      return performance.now() - start;
    });
    const ms = median(times.slice(20));
    return {
      measure: `${name}, a frame of 720p`,
      figure: `${ms.toFixed(1)} ms`,
      bound: '≤ 6 ms',
      holds: ms <= 6,
    };
  });
}

const upright = { degrees: 0, isFlipped: false } as const;

/** The codec alone, without anything that is painted. */
async function encoding({ folder, clip }: Files): Promise<Row[]> {
  const raw = path.join(folder, 'raw.rgba');
  const decoded = ['-i', clip, '-frames:v', String(encodedFrames)];
  await ffmpeg(...decoded, '-f', 'rawvideo', '-pix_fmt', 'rgba', raw);
  const pixels = await readFile(raw);
  const own = path.join(folder, 'own.mp4');
  const other = path.join(folder, 'other.mp4');
  const input = ['-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', '1280x720', '-r', '30', '-i', raw];
  const times = await inTurn(rounds, {
    own: async () => {
      const encoder = await createMovieEncoder({ format: 'mp4', ...hd, quality: 80 });
      for (let index = 0; index < encodedFrames; index += 1) {
        const frame = pixels.subarray(index * frameBytes, (index + 1) * frameBytes);
        await encoder.add(frame, index * frameMs, frameMs);
      }
      await writeFile(own, await encoder.finish());
      await encoder.close();
    },
    other: () => ffmpeg(...input, '-vf', to709, '-c:v', 'libx264', '-preset', 'veryfast', other),
  });
  const original = path.join(folder, 'original.mp4');
  await ffmpeg(...input, '-vf', to709, '-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '0', original);
  return [
    compared('100 frames of 720p to MP4', times, 1),
    await pictures('100 frames of 720p to MP4', own, other, original),
  ];
}

async function trimming({ clip }: Files): Promise<Row> {
  const bytes = new Uint8Array(await readFile(clip));
  const times: number[] = [];
  for (let round = 0; round < 12; round += 1) {
    const start = performance.now();
    await trimMovie({ bytes, format: 'mp4', fromMs: 2000, toMs: 5000, keepSound: true });
    times.push(performance.now() - start);
  }
  return {
    measure: 'a bare trim of 5 s of 720p to 3 s',
    figure: `${median(times.slice(2)).toFixed(0)} ms, ${(bytes.length / mebibyte).toFixed(1)} MiB`,
  };
}

const compared = (what: string, times: ReadonlyMap<'own' | 'other', number>, bound: number): Row => {
  const [own = 0, other = 0] = [times.get('own'), times.get('other')];
  return atMost(
    `${what} against ffmpeg`,
    own / other,
    bound,
    `${own.toFixed(0)} ms against ${other.toFixed(0)} ms`,
  );
};

async function pictures(what: string, own: string, other: string, original: string): Promise<Row> {
  const [ownDb, otherDb] = [await psnr(own, original), await psnr(other, original)];
  const [ownBytes, otherBytes] = [(await readFile(own)).length, (await readFile(other)).length];
  return {
    measure: `${what}: picture and size`,
    figure: `${ownDb.toFixed(1)} dB, ${kib(ownBytes)} against ${otherDb.toFixed(1)} dB, ${kib(otherBytes)}`,
    bound: '≥ ffmpeg’s dB − 0.5',
    holds: ownDb >= otherDb - 0.5,
  };
}

const kib = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KiB`;
