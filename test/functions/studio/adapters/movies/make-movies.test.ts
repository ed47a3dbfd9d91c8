import { describe, expect, it } from 'vitest';
import { createMovieEncoder } from '../../../../../functions/studio/adapters/movies/create-movie-encoder.ts';
import { openMovieFrames } from '../../../../../functions/studio/adapters/movies/open-movie-frames.ts';
import { probeMovie } from '../../../../../functions/studio/adapters/movies/probe-movie.ts';
import { filled, makeClip, shadeOf } from './make-clip.ts';

const firstPixel = async (bytes: Uint8Array, index: number): Promise<number[]> => {
  const reader = await openMovieFrames(bytes);
  try {
    for await (const { pixels } of reader.frames([index])) {
      return [...pixels.subarray(0, 4)];
    }
    return [];
  } finally {
    await reader.close();
  }
};

describe.each(['mp4', 'webm'] as const)('a movie in %s', (format) => {
  it('shows its frames at the times they were added with', async () => {
    const delays = [40, 100, 17, 250, 33, 1000, 40];
    const encoder = await createMovieEncoder({ format, width: 32, height: 32, quality: 80 });
    let at = 0;
    for (const [index, delay] of delays.entries()) {
      await encoder.add(filled(32, 32, shadeOf(index)), at, delay);
      at += delay;
    }
    const probed = await probeMovie(await encoder.finish());
    await encoder.close();
    expect(probed.delaysMs.length).toBe(delays.length);
    for (const [index, delay] of delays.entries()) {
      expect(Math.abs((probed.delaysMs[index] ?? 0) - delay)).toBeLessThanOrEqual(0.02);
    }
    expect(Math.abs(probed.durationMs - at)).toBeLessThanOrEqual(0.1);
  });

  it('has even sides: the last column and row are repeated', async () => {
    const encoder = await createMovieEncoder({ format, width: 31, height: 33, quality: 90 });
    expect([encoder.width, encoder.height]).toEqual([32, 34]);
    await encoder.add(filled(31, 33, [200, 100, 50]), 0, 40);
    const bytes = await encoder.finish();
    await encoder.close();
    await expect(probeMovie(bytes)).resolves.toMatchObject({
      width: 32,
      height: 34,
      durationMs: 40,
    });
  });

  it('shows its background where a frame is transparent', async () => {
    const encoder = await createMovieEncoder({
      format,
      width: 32,
      height: 32,
      quality: 90,
      background: [0, 0, 255],
    });
    await encoder.add(new Uint8Array(32 * 32 * 4), 0, 40);
    const half = new Uint8Array(32 * 32 * 4).fill(255);
    half.forEach((_, at) => (half[at] = at % 4 === 3 ? 128 : 255));
    await encoder.add(half, 40, 40);
    const bytes = await encoder.finish();
    await encoder.close();
    const [red = 255, , blue = 0] = await firstPixel(bytes, 0);
    expect([red < 4, blue > 251]).toEqual([true, true]);
    const [mixed = 0] = await firstPixel(bytes, 1);
    expect(Math.abs(mixed - 128)).toBeLessThanOrEqual(3);
  });

  it('is better and larger at a higher quality', async () => {
    const [coarse, fine] = [await grainy(format, 20), await grainy(format, 90)];
    expect(fine.bytes).toBeGreaterThan(1.5 * coarse.bytes);
    expect(fine.error).toBeLessThan(0.7 * coarse.error);
  });
});

/** Twelve frames of moving grain: how large they become, and how far from what they were. */
async function grainy(format: 'mp4' | 'webm', quality: number): Promise<{ bytes: number; error: number }> {
  const frames = 12;
  const side = 128;
  const draw = (index: number): Uint8Array =>
    new Uint8Array(side * side * 4).map((_, at) => {
      const pixel = (at >> 2) + index * 3;
      return at % 4 === 3 ? 255 : 64 + ((Math.imul(pixel, 2_654_435_761) >>> 25) & 127);
    });
  const encoder = await createMovieEncoder({ format, width: side, height: side, quality });
  for (let index = 0; index < frames; index += 1) {
    await encoder.add(draw(index), index * 40, 40);
  }
  const movie = await encoder.finish();
  await encoder.close();
  const reader = await openMovieFrames(movie);
  let error = 0;
  for await (const { index, pixels } of reader.frames([6, 9, 11])) {
    const original = draw(index);
    error += pixels.reduce((sum, value, at) => sum + (value - (original[at] ?? 0)) ** 2, 0);
  }
  await reader.close();
  return { bytes: movie.length, error };
}

describe('an encoder', () => {
  it('puts the header of an MP4 first, so that it plays before it is loaded', async () => {
    const bytes = Buffer.from(await makeClip({ format: 'mp4', width: 32, height: 32, frames: 3 }));
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
  });

  it('refuses a frame of another size', async () => {
    const encoder = await createMovieEncoder({ format: 'mp4', width: 32, height: 32, quality: 80 });
    await expect(encoder.add(new Uint8Array(32 * 31 * 4), 0, 40)).rejects.toThrow(RangeError);
    await encoder.close();
  });

  it('makes no movie without a frame', async () => {
    const encoder = await createMovieEncoder({ format: 'mp4', width: 32, height: 32, quality: 80 });
    await expect(encoder.finish()).rejects.toThrow('A movie needs a frame');
    await encoder.close();
  });

  it('may be closed at any time, more than once', async () => {
    const encoder = await createMovieEncoder({ format: 'mp4', width: 640, height: 480, quality: 80 });
    await encoder.add(filled(640, 480, [1, 2, 3]), 0, 40);
    await encoder.close();
    await encoder.close();
    await expect(encoder.finish()).rejects.toThrow();
  });

  it('is ended when it takes too long, and the next is not', async () => {
    const inAMillisecond = async (): Promise<void> => {
      const encoder = await createMovieEncoder({
        format: 'mp4',
        width: 1920,
        height: 1080,
        quality: 80,
        limits: { stallMs: 1, totalMs: 1 },
      });
      try {
        for (let index = 0; index < 8; index += 1) {
          await encoder.add(filled(1920, 1080, shadeOf(index)), index * 40, 40);
        }
        await encoder.finish();
      } finally {
        await encoder.close();
      }
    };
    await expect(inAMillisecond()).rejects.toMatchObject({ name: 'MovieProcessLost' });
    await expect(makeClip({ format: 'mp4', width: 32, height: 32, frames: 2 })).resolves.toBeDefined();
  });
});

describe('memory', () => {
  it('does not grow with the number of frames', { timeout: 120_000 }, async () => {
    const rss = async (frames: number): Promise<number> => {
      const clip = await makeClip({ format: 'mp4', width: 640, height: 360, frames, quality: 30 });
      const reader = await openMovieFrames(clip);
      let peak = 0;
      for await (const { index } of reader.frames([...Array(frames).keys()])) {
        peak = index % 10 === 0 ? Math.max(peak, process.memoryUsage().rss) : peak;
      }
      await reader.close();
      return peak;
    };
    const short = await rss(50);
    // 300 frames are 276 MB as RGBA.
    expect((await rss(300)) - short).toBeLessThan(120e6);
  });
});
