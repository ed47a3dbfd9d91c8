import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createGifEncoder,
  type GifOptions,
} from '../../../../../functions/studio/domain/gif/create-gif-encoder.ts';
import { readGifStructure } from '../../../../../functions/studio/domain/gif/read-gif-structure.ts';
import { decodeFrames, paint, photo, psnr } from '../../adapters/pictures/test-pictures.ts';

interface Shot {
  readonly pixels: Uint8Array;
  readonly durationMs: number;
}

async function encode(
  shots: readonly Shot[],
  options: Partial<GifOptions> & { readonly width: number },
): Promise<Uint8Array> {
  const height = (shots[0]?.pixels.length ?? 0) / 4 / options.width;
  const encoder = createGifEncoder({ height, loop: 0, quality: 80, dither: false, ...options });
  let atMs = 0;
  for (const { pixels, durationMs } of shots) {
    // The encoder owns what it is given.
    await encoder.add(new Uint8Array(pixels), atMs, durationMs);
    atMs += durationMs;
  }
  return await encoder.finish();
}

const shots = (frames: readonly Uint8Array[], durationMs = 50): Shot[] =>
  frames.map((pixels) => ({ pixels, durationMs }));

/** Few colours of which one is nothing. */
const drawings = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
  .chain(({ width, height }) =>
    fc.record({
      width: fc.constant(width),
      frames: fc.array(
        fc.array(fc.integer({ min: 0, max: 7 }), { minLength: width * height, maxLength: width * height }),
        { minLength: 1, maxLength: 6 },
      ),
    }),
  );
const inks = [
  [0, 0, 0, 0],
  [1, 2, 3, 255],
  [2, 2, 3, 255],
  [255, 255, 255, 255],
  [200, 30, 40, 255],
  [200, 31, 40, 255],
  [10, 200, 90, 255],
  [20, 40, 250, 255],
] as const;

/** How far the means of 8 × 8 pixels are from what they should be, in levels: what the eye sees from a distance. */
function meanError(one: Uint8Array, other: Uint8Array, width: number): number {
  const sums = new Map<string, number>();
  for (let at = 0; at < one.length; at += 1) {
    const pixel = at >> 2;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const block = `${x >> 3} ${y >> 3} ${at & 3}`;
    sums.set(block, (sums.get(block) ?? 0) + ((one[at] ?? 0) - (other[at] ?? 0)) / 64);
  }
  const squares = [...sums.values()].reduce((sum, error) => sum + error ** 2, 0);
  return Math.sqrt(squares / (sums.size * 0.75));
}

describe('what a GIF shows', () => {
  it('is every frame as it was, whatever changes, comes and goes', async () => {
    await fc.assert(
      fc.asyncProperty(drawings, async ({ width, frames }) => {
        const drawn = frames.map((frame) => Uint8Array.from(frame.flatMap((ink) => inks[ink] ?? [])));
        const decoded = await decodeFrames(await encode(shots(drawn), { width, quality: 100 }));
        expect(decoded.frames).toEqual(drawn);
      }),
      { numRuns: 150 },
    );
  });

  it('is nearly a photo, frame by frame', async () => {
    const frames = Array.from({ length: 12 }, (_, at) => photo(160, 120, at * 4));
    const decoded = await decodeFrames(await encode(shots(frames), { width: 160 }));
    const nearness = decoded.frames.map((frame, at) => psnr(frame, frames[at] ?? frame));
    // So many colours in 255: ffmpeg's palette comes to 32 dB.
    expect(Math.min(...nearness)).toBeGreaterThan(32.5);
  });

  it('keeps up to 256 colours of a still as they are', async () => {
    const still = paint(16, 16, (x, y) => [x * 16 + y, 255 - x * 16, y]);
    const decoded = await decodeFrames(await encode(shots([still]), { width: 16 }));
    expect(decoded.frames).toEqual([still]);
  });

  it('has colours of its own for a scene that is quite another', async () => {
    const warm = paint(64, 64, (x, y) => [128 + x * 2 - 1, y * 2, 0]);
    const cold = paint(64, 64, (x, y) => [0, y * 2, 128 + x * 2 - 1]);
    const frames = [warm, warm, cold, cold].map((scene, at) => {
      const frame = new Uint8Array(scene);
      frame.set([255, 255, 255], at * 40);
      return frame;
    });
    const decoded = await decodeFrames(await encode(shots(frames), { width: 64, quality: 100 }));
    for (const [at, frame] of decoded.frames.entries()) {
      expect(psnr(frame, frames[at] ?? frame)).toBeGreaterThan(37);
    }
  });

  it('mixes colours that it lacks from others when it may', async () => {
    const smooth = photo(128, 128);
    const [plain, dithered] = await Promise.all(
      [false, true].map(async (dither) =>
        decodeFrames(await encode(shots([smooth]), { width: 128, quality: 100, dither })),
      ),
    );
    const [without, withDither] = [plain, dithered].map((decoded) =>
      meanError(decoded?.frames[0] ?? smooth, smooth, 128),
    );
    expect(withDither ?? Infinity).toBeLessThan((without ?? 0) * 0.92);
  });

  it('does not flicker where nothing moves, dithered or not', async () => {
    const frames = Array.from({ length: 4 }, (_, at) => {
      const frame = photo(80, 60);
      frame.fill(255, at * 400, at * 400 + 40);
      return frame;
    });
    const decoded = await decodeFrames(await encode(shots(frames), { width: 80, dither: true }));
    const still = 80 * 30 * 4;
    const [first, ...others] = decoded.frames.map((frame) => frame.subarray(still));
    for (const other of others) {
      expect(other).toEqual(first);
    }
  });
});

describe('how a GIF plays', () => {
  it('shows every frame as long as asked, to a hundredth of a second', async () => {
    const durations = [20, 70, 1230, 40, 100];
    const frames = durations.map((durationMs, at) => ({ pixels: photo(20, 20, at), durationMs }));
    expect((await decodeFrames(await encode(frames, { width: 20 }))).delays).toEqual(durations);
  });

  it('ends when the frames end, also where they end between two hundredths', async () => {
    const frames = Array.from({ length: 30 }, (_, at) => ({
      pixels: photo(20, 20, at),
      durationMs: 1000 / 30,
    }));
    const { delays } = await decodeFrames(await encode(frames, { width: 20 }));
    expect(delays.reduce((sum, delay) => sum + delay, 0)).toBe(1000);
    expect(new Set(delays)).toEqual(new Set([30, 40]));
  });

  it.each([
    [0, 0],
    [1, undefined],
    [3, 2],
  ])('is played %s times (for ever: 0), which browsers read as %s repetitions', async (loop, repetitions) => {
    const gif = await encode(shots([photo(8, 8), photo(8, 8, 3)]), { width: 8, loop });
    expect(readGifStructure(gif, 10).loop).toBe(repetitions);
  });

  it('has a frame for each, also for one that is as the one before', async () => {
    const gif = await encode(shots([photo(8, 8), photo(8, 8), photo(8, 8, 4)]), { width: 8 });
    expect((await decodeFrames(gif)).delays).toEqual([50, 50, 50]);
  });
});

describe('how large a GIF is', () => {
  it('has only what changes in it', async () => {
    const frames = Array.from({ length: 20 }, (_, at) => {
      const frame = photo(100, 100);
      for (let y = 40; y < 50; y += 1) {
        frame.fill(255, (y * 100 + at * 4) * 4, (y * 100 + at * 4 + 10) * 4);
      }
      return frame;
    });
    const [one, all] = [
      await encode(shots(frames.slice(0, 1)), { width: 100 }),
      await encode(shots(frames), { width: 100 }),
    ];
    expect(all.length - one.length).toBeLessThan(one.length / 4);
    const [, ...later] = readGifStructure(all, 100).frames;
    expect(Math.max(...later.map(({ width, height }) => width * height))).toBeLessThanOrEqual(14 * 10);
  });

  it('shrinks with its quality', async () => {
    const frames = Array.from({ length: 8 }, (_, at) => photo(120, 90, at * 3));
    const sizes: number[] = [];
    for (const quality of [100, 80, 60, 40, 20, 1]) {
      sizes.push((await encode(shots(frames), { width: 120, quality })).length);
    }
    for (const [at, size] of sizes.entries()) {
      // Where next to nothing is left out, chance decides.
      expect(size).toBeLessThanOrEqual((sizes[at - 1] ?? Infinity) * 1.005);
    }
    expect(sizes.at(-1)).toBeLessThan((sizes[0] ?? 0) / 2);
  });
});

it('gives up what it holds, and makes no GIF of nothing', async () => {
  const encoder = createGifEncoder({ width: 4, height: 4, loop: 0, quality: 80, dither: false });
  await encoder.close();
  await encoder.close();
  await expect(encoder.finish()).rejects.toThrow('at least one frame');
});
