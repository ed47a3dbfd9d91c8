import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMovieEncoder } from '../../../../../functions/studio/adapters/movies/create-movie-encoder.ts';
import { openMovieFrames } from '../../../../../functions/studio/adapters/movies/open-movie-frames.ts';
import { probeMovie } from '../../../../../functions/studio/adapters/movies/probe-movie.ts';
import { trimMovie } from '../../../../../functions/studio/adapters/movies/trim-movie.ts';
import { filled, frameOf, makeClip } from './make-clip.ts';
import { remux } from './remux.ts';

// Clips that other programs made: what our encoder does not do, as frames that refer to later ones. 64 × 48.
const load = async (name: string): Promise<Uint8Array> =>
  new Uint8Array(await readFile(path.join(import.meta.dirname, 'clips', name)));
const bFrames = await load('b-frames-and-sound.mp4');
const fullRange = await load('full-range-bt601.mov');
const vp8 = await load('vp8-and-sound.webm');

async function readFrames(bytes: Uint8Array, indices: readonly number[]) {
  const reader = await openMovieFrames(bytes);
  try {
    const frames = [];
    for await (const frame of reader.frames(indices)) {
      frames.push(frame);
    }
    return { width: reader.width, height: reader.height, frames };
  } finally {
    await reader.close();
  }
}

describe('H.264 with frames that refer to later ones', () => {
  it('is probed in order of presentation', async () => {
    const probed = await probeMovie(bFrames);
    expect(probed).toMatchObject({ contentType: 'video/mp4', durationMs: 1000, audio: 'aac' });
    expect(probed.delaysMs).toEqual(Array.from({ length: 25 }, () => 40));
  });

  it('gives every frame in its place', async () => {
    const { frames } = await readFrames(bFrames, [...Array(25).keys()]);
    expect(frames.map(({ pixels }) => frameOf(pixels))).toEqual([...Array(25).keys()]);
  });

  it.each([[[24]], [[9, 10, 11]], [[3, 19, 20]], [[1, 22]], [[0, 24]]])(
    'gives frames %j alone',
    async (indices) => {
      const { frames } = await readFrames(bFrames, indices);
      expect(frames.map(({ pixels }) => frameOf(pixels))).toEqual(indices);
    },
  );

  it('can be read again, backwards by parts', async () => {
    const reader = await openMovieFrames(bFrames);
    const seen: number[] = [];
    for (const indices of [
      [20, 21, 22],
      [10, 11],
      [0, 1],
    ]) {
      for await (const { pixels } of reader.frames(indices)) {
        seen.push(frameOf(pixels));
      }
    }
    await reader.close();
    expect(seen).toEqual([20, 21, 22, 10, 11, 0, 1]);
  });
});

describe('colours', () => {
  it.each([
    ['full range and BT.601 in a MOV', fullRange, 'video/quicktime', 'H.264, BT.601, full range'],
    ['VP8, which is BT.601', vp8, 'video/webm', 'VP8, BT.601 (assumed)'],
  ])('are right: %s', async (_name, bytes, contentType, colour) => {
    await expect(probeMovie(bytes)).resolves.toMatchObject({ contentType, colour });
    const { frames } = await readFrames(bytes, [1]);
    const [red = 0, green = 0, blue = 0] = frames[0]?.pixels ?? [];
    expect(Math.abs(red - 0xc8)).toBeLessThanOrEqual(3);
    expect(Math.abs(green - 0x1e)).toBeLessThanOrEqual(3);
    expect(Math.abs(blue - 0xb4)).toBeLessThanOrEqual(3);
  });
});

describe('a movie from a phone held upright', () => {
  it.each([
    [90, { width: 48, height: 64 }, 'right'],
    [180, { width: 64, height: 48 }, 'bottom'],
    [270, { width: 48, height: 64 }, 'left'],
  ] as const)('is turned by %i degrees', async (rotation, size, whereTheTopIs) => {
    const encoder = await createMovieEncoder({ format: 'mp4', width: 64, height: 48, quality: 95 });
    const pixels = filled(64, 48, [20, 20, 20]);
    // The upper half is white.
    pixels.fill(255, 0, pixels.length / 2);
    await encoder.add(pixels, 0, 100);
    const turned = await remux(await encoder.finish(), { rotation });
    await encoder.close();
    await expect(probeMovie(turned)).resolves.toMatchObject(size);
    const read = await readFrames(turned, [0]);
    expect(read).toMatchObject(size);
    const lightAt = (x: number, y: number): boolean =>
      (read.frames[0]?.pixels[(y * size.width + x) * 4] ?? 0) > 128;
    const { width, height } = size;
    expect({
      left: lightAt(4, height / 2),
      right: lightAt(width - 5, height / 2),
      top: lightAt(width / 2, 4),
      bottom: lightAt(width / 2, height - 5),
    }).toMatchObject({ [whereTheTopIs]: true, [opposite[whereTheTopIs]]: false });
  });
});

const opposite = { left: 'right', right: 'left', bottom: 'top' } as const;

describe('sound', () => {
  const make = async (format: 'mp4' | 'webm', sound: { bytes: Uint8Array; fromMs: number; toMs: number }) => {
    const encoder = await createMovieEncoder({ format, width: 32, height: 32, quality: 80, sound });
    for (let at = 0; at < sound.toMs - sound.fromMs; at += 40) {
      await encoder.add(filled(32, 32, [9, 9, 9]), at, 40);
    }
    const bytes = await encoder.finish();
    await encoder.close();
    return { bytes, sound: encoder.sound };
  };

  it('is kept where the format takes it as it is', async () => {
    const mp4 = await make('mp4', { bytes: bFrames, fromMs: 200, toMs: 600 });
    expect(mp4.sound).toEqual({ sound: 'kept' });
    await expect(probeMovie(mp4.bytes)).resolves.toMatchObject({ audio: 'aac', durationMs: 400 });
    const webm = await make('webm', { bytes: vp8, fromMs: 0, toMs: 400 });
    expect(webm.sound).toEqual({ sound: 'kept' });
    await expect(probeMovie(webm.bytes)).resolves.toMatchObject({ audio: 'opus', durationMs: 400 });
  });

  it('is dropped where it does not, and that is said', async () => {
    const { bytes, sound } = await make('webm', { bytes: bFrames, fromMs: 0, toMs: 200 });
    expect(sound).toEqual({ sound: 'dropped', why: expect.stringContaining('webm does not take aac') });
    await expect(probeMovie(bytes)).resolves.toMatchObject({ audio: undefined });
  });

  it('is not missed where there is none, or none in the part', async () => {
    const silent = await makeClip({ format: 'mp4', width: 32, height: 32, frames: 5 });
    await expect(make('mp4', { bytes: silent, fromMs: 0, toMs: 200 })).resolves.toMatchObject({
      sound: { sound: 'none' },
    });
    const { bytes } = await make('mp4', { bytes: bFrames, fromMs: 5000, toMs: 5200 });
    await expect(probeMovie(bytes)).resolves.toMatchObject({ durationMs: 200 });
  });
});

describe('a bare trim', () => {
  it('copies from a key frame on, with the sound', async () => {
    const trimmed = await trimMovie({
      bytes: bFrames,
      format: 'mp4',
      fromMs: 400,
      toMs: 800,
      keepSound: true,
    });
    expect(trimmed).toMatchObject({ frames: 10, durationMs: 400, sound: { sound: 'kept' } });
    const bytes = trimmed?.bytes ?? new Uint8Array();
    await expect(probeMovie(bytes)).resolves.toMatchObject({ audio: 'aac', durationMs: 400 });
    const { frames } = await readFrames(bytes, [...Array(10).keys()]);
    expect(frames.map(({ pixels }) => frameOf(pixels))).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  });

  it('keeps how the movie is turned', async () => {
    const turned = await remux(bFrames, { rotation: 90 });
    const trimmed = await trimMovie({ bytes: turned, format: 'mp4', fromMs: 0, toMs: 400, keepSound: false });
    await expect(probeMovie(trimmed?.bytes ?? new Uint8Array())).resolves.toMatchObject({
      width: 48,
      height: 64,
    });
  });

  it.each([
    ['it does not begin with a key frame', 'mp4', 200, 800],
    ['a frame that is left out is referred to', 'mp4', 400, 720],
    ['the format is another', 'webm', 400, 800],
    ['there is no frame in it', 'mp4', 5000, 6000],
  ] as const)('is left to the encoder when %s', async (_why, format, fromMs, toMs) => {
    await expect(
      trimMovie({ bytes: bFrames, format, fromMs, toMs, keepSound: true }),
    ).resolves.toBeUndefined();
  });
});
