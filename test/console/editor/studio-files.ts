import sharp from 'sharp';
import { openMovieFrames } from '../../../functions/studio/adapters/movies/open-movie-frames.ts';
import { probeMovie } from '../../../functions/studio/adapters/movies/probe-movie.ts';
import { filled, makeClip, type Rgb } from '../../functions/studio/adapters/movies/make-clip.ts';
import { quarteredPhoto } from '../../fixtures/photos.ts';
import type { TestFile } from '../test-photos.ts';

/** A second of 25 frames, each of another grey. */
export const clip = async (): Promise<TestFile> => ({
  name: 'clip.mp4',
  mimeType: 'video/mp4',
  buffer: Buffer.from(await makeClip({ format: 'mp4', width: 160, height: 120, frames: 25 })),
});

export const gifDelays = [100, 300, 50, 150];
const gifColours: readonly Rgb[] = [
  [200, 30, 30],
  [30, 160, 60],
  [40, 60, 200],
  [230, 200, 40],
];

/** Four frames of one colour each, with delays of their own: 600 ms in all. */
export async function gif(): Promise<TestFile> {
  const data = Buffer.concat(gifColours.map((colour) => filled(120, 90, colour)));
  const buffer = await sharp(data, {
    raw: { width: 120, height: 90 * gifColours.length, channels: 4, pageHeight: 90 },
  })
    .gif({ delay: gifDelays, loop: 0 })
    .toBuffer();
  return { name: 'four.gif', mimeType: 'image/gif', buffer };
}

/** A photo of four coloured quarters. */
export const photo = async (name: string, width = 320, height = 240): Promise<TestFile> => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await quarteredPhoto(width, height).jpeg().toBuffer(),
});

/** What a movie is when all of it is decoded. */
export async function decodeMovie(bytes: Uint8Array): Promise<{
  readonly width: number;
  readonly height: number;
  readonly contentType: string;
  readonly durationMs: number;
  readonly frames: readonly Uint8Array[];
}> {
  const { delaysMs, durationMs, width, height, contentType } = await probeMovie(bytes);
  const reader = await openMovieFrames(bytes);
  const frames: Uint8Array[] = [];
  try {
    for await (const { pixels } of reader.frames([...delaysMs.keys()])) {
      frames.push(pixels);
    }
  } finally {
    await reader.close();
  }
  return { width, height, contentType, durationMs, frames };
}

/** The colour in the middle of a picture of RGBA. */
export function middleOf(pixels: Uint8Array, width: number, height: number): readonly number[] {
  const at = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 4;
  return [...pixels.subarray(at, at + 3)];
}
