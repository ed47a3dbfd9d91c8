import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import type { Picture } from '../../functions/kernel/drawing/canvas.ts';
import { createMovieEncoder } from '../../functions/studio/adapters/movies/create-movie-encoder.ts';
import { i420ToRgba } from '../../functions/studio/adapters/movies/i420-to-rgba.ts';
import { rgbaToI420 } from '../../functions/studio/adapters/movies/rgba-to-i420.ts';
import { trimMovie } from '../../functions/studio/adapters/movies/trim-movie.ts';
import { atMost, type Row } from '../row.ts';
import { median } from '../statistics.ts';
import { captionClip } from './movies/caption-clip.ts';
import { ffmpeg, isFfmpegThere, psnr } from './movies/ffmpeg.ts';

const runProgram = promisify(execFile);
const rounds = 5;
const hd = { width: 1280, height: 720 };
const frameBytes = hd.width * hd.height * 4;
const encodedFrames = 100;
const frameMs = 1000 / 30;
const mebibyte = 1024 ** 2;
const to709 = 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p';

/** Movies against ffmpeg in the same run: encoding, GIF to MP4, clip to captioned MP4; their pictures; and the memory they take. */
export async function run(): Promise<Row[]> {
  if (!(await isFfmpegThere())) {
    return [{ measure: 'movies against ffmpeg', figure: 'ffmpeg is not installed here' }, ...conversions()];
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-movies-'));
  try {
    const files = await makeFiles(folder);
    return [
      ...conversions(),
      ...(await encoding(files)),
      ...(await gifToMovie(files)),
      ...(await captioned(files)),
      await trimming(files),
      await peakMemory(files.clip, files.caption, 'a clip of 5 s'),
      await peakMemory(files.long, files.caption, 'a clip of 20 s'),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Files {
  readonly folder: string;
  readonly raw: string;
  readonly clip: string;
  readonly long: string;
  readonly gif: string;
  readonly caption: string;
}

/** Detail at every size that moves and has grain: what codecs find hard. */
async function makeFiles(folder: string): Promise<Files> {
  const file = (name: string): string => path.join(folder, name);
  const files = {
    folder,
    raw: file('raw.rgba'),
    clip: file('clip.mp4'),
    long: file('long.mp4'),
    gif: file('clip.gif'),
    caption: file('caption.png'),
  };
  const footage = 'mandelbrot=s=1280x720:r=30:maxiter=300,noise=alls=4:allf=t';
  const x264 = ['-vf', to709, '-c:v', 'libx264', '-preset', 'fast', '-crf', '18', '-g', '60'];
  const bt709 = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'];
  await ffmpeg('-f', 'lavfi', '-i', footage, '-t', '5', ...x264, ...bt709, files.clip);
  await ffmpeg('-stream_loop', '3', '-i', files.clip, '-c', 'copy', files.long);
  const decoded = ['-i', files.clip, '-frames:v', String(encodedFrames)];
  await ffmpeg(...decoded, '-f', 'rawvideo', '-pix_fmt', 'rgba', files.raw);
  await ffmpeg('-i', files.clip, '-frames:v', '40', '-vf', 'fps=15,scale=480:-2', files.gif);
  await sharp({ create: { ...hd, height: 200, channels: 4, background: '#00000000' } })
    .composite([{ input: Buffer.from(captionSvg) }])
    .png()
    .toFile(files.caption);
  return files;
}

const captionSvg = `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="200"><rect x="140" y="40" width="1000" height="120" rx="40" fill="#fff" stroke="#000" stroke-width="12"/></svg>`;

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

async function encoding({ folder, raw }: Files): Promise<Row[]> {
  const pixels = await readFile(raw);
  const own = path.join(folder, 'own.mp4');
  const other = path.join(folder, 'other.mp4');
  const input = ['-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', '1280x720', '-r', '30', '-i', raw];
  const times = await inTurn(
    async () => {
      const encoder = await createMovieEncoder({ format: 'mp4', ...hd, quality: 80 });
      for (let index = 0; index < encodedFrames; index += 1) {
        const frame = pixels.subarray(index * frameBytes, (index + 1) * frameBytes);
        await encoder.add(frame, index * frameMs, frameMs);
      }
      await writeFile(own, await encoder.finish());
      await encoder.close();
    },
    () => ffmpeg(...input, '-vf', to709, '-c:v', 'libx264', '-preset', 'veryfast', other),
  );
  const original = path.join(folder, 'original.mp4');
  await ffmpeg(...input, '-vf', to709, '-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '0', original);
  return [
    compared('100 frames of 720p to MP4', times, 1),
    await pictures('100 frames of 720p to MP4', own, other, original),
  ];
}

async function gifToMovie({ folder, gif }: Files): Promise<Row[]> {
  const bytes = await readFile(gif);
  const own = path.join(folder, 'gif-own.mp4');
  const other = path.join(folder, 'gif-other.mp4');
  const input = ['-i', gif, '-fps_mode', 'passthrough', '-vf', to709, '-c:v', 'libx264'];
  const times = await inTurn(
    async () => {
      const picture = sharp(bytes, { animated: true }).ensureAlpha();
      const { delay = [], pageHeight = 0, width } = await picture.metadata();
      const all = await picture.raw().toBuffer();
      const encoder = await createMovieEncoder({ format: 'mp4', width, height: pageHeight, quality: 80 });
      const length = width * pageHeight * 4;
      let atMs = 0;
      for (const [index, ms] of delay.entries()) {
        await encoder.add(all.subarray(index * length, (index + 1) * length), atMs, ms);
        atMs += ms;
      }
      await writeFile(own, await encoder.finish());
      await encoder.close();
    },
    () => ffmpeg(...input, '-preset', 'veryfast', other),
  );
  const original = path.join(folder, 'gif-original.mp4');
  await ffmpeg(...input, '-preset', 'ultrafast', '-qp', '0', original);
  return [
    compared('GIF of 480 × 270 to MP4', times, 1),
    await pictures('GIF of 480 × 270 to MP4', own, other, original),
  ];
}

async function captioned({ folder, clip, caption }: Files): Promise<Row[]> {
  const bytes = new Uint8Array(await readFile(clip));
  const drawn = await readCaption(caption);
  const own = path.join(folder, 'captioned-own.mp4');
  const other = path.join(folder, 'captioned-other.mp4');
  const over = ['-i', clip, '-i', caption, '-filter_complex', 'overlay=0:0'];
  const times = await inTurn(
    async () => await writeFile(own, await captionClip(bytes, drawn)),
    () => ffmpeg(...over, '-c:v', 'libx264', '-preset', 'veryfast', other),
  );
  const original = path.join(folder, 'captioned-original.mp4');
  await ffmpeg(...over, '-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '0', original);
  return [
    compared('5 s of 720p to captioned MP4', times, 1.3),
    await pictures('5 s of 720p to captioned MP4', own, other, original),
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

async function peakMemory(clip: string, caption: string, what: string): Promise<Row> {
  const script = path.join(import.meta.dirname, 'movies/peak-memory.ts');
  const { stdout } = await runProgram(process.execPath, [script, clip, caption], {
    env: { ...process.env, MALLOC_ARENA_MAX: '2' },
  });
  const peak = Number(stdout) / mebibyte;
  return {
    measure: `peak memory of all processes, ${what} to captioned MP4`,
    figure: `${peak.toFixed(0)} MiB`,
    bound: '≤ 600 MB',
    holds: peak * mebibyte <= 600e6,
  };
}

async function readCaption(file: string): Promise<Picture> {
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 4 };
}

interface Times {
  readonly own: number;
  readonly other: number;
}

/** Medians in milliseconds, each once a round, so that a busy moment of the machine meets both. */
async function inTurn(own: () => Promise<unknown>, other: () => Promise<unknown>): Promise<Times> {
  const times = { own: [] as number[], other: [] as number[] };
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, way] of [
      ['own', own],
      ['other', other],
    ] as const) {
      const start = performance.now();
      await way();
      if (round >= 0) {
        times[name].push(performance.now() - start);
      }
    }
  }
  return { own: median(times.own), other: median(times.other) };
}

const compared = (what: string, { own, other }: Times, bound: number): Row =>
  atMost(
    `${what} against ffmpeg veryfast`,
    own / other,
    bound,
    `${own.toFixed(0)} ms against ${other.toFixed(0)} ms`,
  );

async function pictures(what: string, own: string, other: string, original: string): Promise<Row> {
  const [ownDb, otherDb] = [await psnr(own, original), await psnr(other, original)];
  const [ownBytes, otherBytes] = [(await readFile(own)).length, (await readFile(other)).length];
  const kib = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KiB`;
  return {
    measure: `${what}: picture and size`,
    figure: `${ownDb.toFixed(1)} dB, ${kib(ownBytes)} against ${otherDb.toFixed(1)} dB, ${kib(otherBytes)}`,
    bound: '≥ ffmpeg’s dB − 0.5',
    holds: ownDb >= otherDb - 0.5,
  };
}
