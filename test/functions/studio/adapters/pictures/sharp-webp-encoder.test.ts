import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWebpEncoder } from '../../../../../functions/studio/adapters/sharp-webp-encoder.ts';
import { decodeFrames, paint, photo, psnr } from './test-pictures.ts';

async function encode(
  frames: readonly { readonly pixels: Uint8Array; readonly durationMs: number }[],
  width: number,
  over: Partial<Parameters<typeof createWebpEncoder>[0]> = {},
): Promise<Uint8Array> {
  const height = (frames[0]?.pixels.length ?? 0) / 4 / width;
  const encoder = createWebpEncoder({ width, height, loop: 0, quality: 90, ...over });
  let atMs = 0;
  for (const { pixels, durationMs } of frames) {
    await encoder.add(new Uint8Array(pixels), atMs, durationMs);
    atMs += durationMs;
  }
  return await encoder.finish();
}

describe('an animated WebP', () => {
  it('shows every frame for as many milliseconds as asked, as often as asked', async () => {
    const frames = [17, 33, 1001, 20].map((durationMs, at) => ({
      pixels: photo(41, 33, at * 4),
      durationMs,
    }));
    const decoded = await decodeFrames(await encode(frames, 41, { loop: 3 }));
    expect(decoded).toMatchObject({ delays: [17, 33, 1001, 20], loop: 3, width: 41, height: 33 });
    for (const [at, frame] of decoded.frames.entries()) {
      expect(psnr(frame, frames[at]?.pixels ?? frame)).toBeGreaterThan(28);
    }
  });

  it('shows what changes where it changes, and what stays, whichever pixel that is', async () => {
    const spot = fc.record({
      left: fc.nat({ max: 30 }),
      top: fc.nat({ max: 20 }),
      side: fc.integer({ min: 1, max: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(spot, { minLength: 1, maxLength: 4 }), async (spots) => {
        const frames = spots.map(({ left, top, side }) => ({
          pixels: paint(32, 24, (x, y) =>
            x >= left && x < left + side && y >= top && y < top + side ? [230, 60, 40] : [40, 60, 90],
          ),
          durationMs: 40,
        }));
        const decoded = await decodeFrames(await encode(frames, 32, { quality: 100 }));
        expect(decoded.frames).toHaveLength(frames.length);
        for (const [at, frame] of decoded.frames.entries()) {
          expect(psnr(frame, frames[at]?.pixels ?? frame)).toBeGreaterThan(24);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is seen through where its frames are, also where something was before', async () => {
    const disc = (at: number): Uint8Array =>
      paint(40, 40, (x, y) => (Math.hypot(x - at, y - 20) < 8 ? [250, 200, 0] : [0, 0, 0, 0]));
    const frames = [disc(10), disc(20), disc(30)];
    const decoded = await decodeFrames(
      await encode(
        frames.map((pixels) => ({ pixels, durationMs: 50 })),
        40,
      ),
    );
    const alphas = (frame: Uint8Array): number[] => Array.from(frame).filter((_, at) => at % 4 === 3);
    expect(decoded.frames.map(alphas)).toEqual(frames.map(alphas));
  });

  it('has a frame for each, also for one that is as the one before', async () => {
    const same = { pixels: photo(20, 20), durationMs: 30 };
    expect(
      (await decodeFrames(await encode([same, same, { ...same, pixels: photo(20, 20, 3) }], 20))).delays,
    ).toEqual([30, 30, 30]);
  });

  it('takes few bytes for what stays', async () => {
    const frames = Array.from({ length: 20 }, (_, at) => {
      const pixels = photo(120, 90);
      pixels.fill(255, at * 40, at * 40 + 40);
      return { pixels, durationMs: 50 };
    });
    const one = await encode(frames.slice(0, 1), 120);
    expect((await encode(frames, 120)).length).toBeLessThan(one.length * 4);
  });

  it('gives up what it holds', async () => {
    const encoder = createWebpEncoder({ width: 20, height: 20, loop: 0, quality: 80 });
    await encoder.add(photo(20, 20), 0, 50);
    await encoder.close();
    await encoder.close();
  });
});
