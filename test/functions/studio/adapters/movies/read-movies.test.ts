import { describe, expect, it } from 'vitest';
import { openMovieFrames } from '../../../../../functions/studio/adapters/movies/open-movie-frames.ts';
import { probeMovie } from '../../../../../functions/studio/adapters/movies/probe-movie.ts';
import { filled, frameOf, makeClip, type Rgb } from './make-clip.ts';

const size = { width: 64, height: 48 };

async function readFrames(
  bytes: Uint8Array,
  indices: readonly number[],
  options: Parameters<typeof openMovieFrames>[1] = {},
): Promise<{ readonly index: number; readonly pixels: Uint8Array }[]> {
  const reader = await openMovieFrames(bytes, options);
  try {
    const frames = [];
    for await (const frame of reader.frames(indices)) {
      frames.push(frame);
    }
    return frames;
  } finally {
    await reader.close();
  }
}

describe.each(['mp4', 'webm'] as const)('a clip in %s', (format) => {
  it('is probed: size, frame times, duration, colour', async () => {
    const bytes = await makeClip({ format, ...size, frames: 25 });
    expect(await probeMovie(bytes)).toEqual({
      kind: 'movie',
      contentType: `video/${format}`,
      ...size,
      delaysMs: Array.from({ length: 25 }, () => 40),
      durationMs: 1000,
      hasTransparency: false,
      audio: undefined,
      colour: format === 'mp4' ? 'H.264, BT.709' : 'VP9, BT.709',
      bytes: bytes.length,
    });
  });

  it('gives exactly the frames that are asked for, in order', async () => {
    const bytes = await makeClip({ format, ...size, frames: 40 });
    const indices = [0, 1, 7, 8, 20, 38, 39];
    const frames = await readFrames(bytes, indices);
    expect(frames.map(({ index }) => index)).toEqual(indices);
    expect(frames.map(({ pixels }) => frameOf(pixels))).toEqual(indices);
  });

  it.each<[string, Rgb]>([
    ['red', [255, 0, 0]],
    ['green', [0, 255, 0]],
    ['blue', [0, 0, 255]],
    ['white', [255, 255, 255]],
    ['black', [0, 0, 0]],
    ['skin', [224, 172, 105]],
    ['grey', [127, 127, 127]],
  ])('keeps %s within three levels', async (_name, rgb) => {
    const bytes = await makeClip({ format, ...size, frames: 2, fill: () => rgb });
    const [frame] = await readFrames(bytes, [1]);
    const expected = filled(size.width, size.height, rgb);
    const worst = frame?.pixels.reduce(
      (most, value, at) => Math.max(most, Math.abs(value - (expected[at] ?? 0))),
      0,
    );
    expect(worst).toBeLessThanOrEqual(3);
  });

  it('gives smaller frames when smaller ones are wanted', async () => {
    const bytes = await makeClip({ format, ...size, frames: 3 });
    const [frame] = await readFrames(bytes, [2], { size: { width: 31, height: 20 } });
    expect(frame?.pixels.length).toBe(31 * 20 * 4);
    expect(frame && frameOf(frame.pixels)).toBe(2);
  });
});
