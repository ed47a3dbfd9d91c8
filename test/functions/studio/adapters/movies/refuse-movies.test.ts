import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openMovieFrames } from '../../../../../functions/studio/adapters/movies/open-movie-frames.ts';
import { probeMovie } from '../../../../../functions/studio/adapters/movies/probe-movie.ts';
import { PermanentError } from '../../../../../functions/kernel/errors.ts';
import { frameOf, makeClip } from './make-clip.ts';
import { remux } from './remux.ts';

const clip = await makeClip({ format: 'mp4', width: 64, height: 48, frames: 25 });
const bFrames = new Uint8Array(
  await readFile(path.join(import.meta.dirname, 'clips/b-frames-and-sound.mp4')),
);
const webm = await makeClip({ format: 'webm', width: 64, height: 48, frames: 25 });

/** The clip with some of its bytes replaced where `text` stands in the tables of its track. */
function replaced(bytes: Uint8Array, text: string, by: string, offset = 0): Uint8Array {
  const changed = Buffer.from(bytes);
  const at = changed.indexOf(text, changed.indexOf('stbl'), 'latin1');
  expect(at).toBeGreaterThan(0);
  changed.write(by, at + offset, 'latin1');
  return new Uint8Array(changed);
}

const text = (words: string): Uint8Array => new TextEncoder().encode(words);

describe('what is no movie that can be read', () => {
  it.each<[string, () => Uint8Array | Promise<Uint8Array>, string, RegExp]>([
    ['an empty file', () => new Uint8Array(), 'not-a-movie', /empty.*H\.264/u],
    ['text named like a movie', () => text('This is no movie.'.repeat(100)), 'not-a-movie', /H\.264/u],
    ['HEVC', () => replaced(clip, 'avc1', 'hvc1'), 'unsupported-codec', /HEVC.*H\.264.*Most Compatible/u],
    ['ProRes', () => replaced(clip, 'avc1', 'apch'), 'unsupported-codec', /ProRes.*H\.264/u],
    ['AV1', () => replaced(clip, 'avc1', 'av01'), 'unsupported-codec', /AV1.*H\.264/u],
    ['an unknown codec', () => replaced(clip, 'avc1', 'zzz1'), 'unsupported-codec', /\(zzz1\).*H\.264/u],
    [
      'a codec that is no word',
      () => replaced(clip, 'avc1', '\u0001\u00ff<b'),
      'unsupported-codec',
      /^The movie’s kind is not known/u,
    ],
    ['an encrypted movie', () => replaced(clip, 'avc1', 'encv'), 'encrypted-movie', /DRM/u],
    [
      'sound alone',
      () => remux(clip, { hasPicture: false, hasSound: true }),
      'audio-only',
      /sound but no picture/u,
    ],
    [
      'the first half of a file',
      () => clip.subarray(0, clip.length / 2),
      'damaged-source',
      /damaged or incomplete/u,
    ],
    [
      'all but the last bytes',
      () => clip.subarray(0, clip.length - 40),
      'damaged-source',
      /damaged or incomplete/u,
    ],
    ['a beginning alone', () => clip.subarray(0, 40), 'damaged-source', /damaged or incomplete/u],
    [
      'a size beyond reason',
      () => replaced(clip, 'avc1', '\u00f0\u0000\u00f0\u0000', 28),
      'too-many-pixels',
      /61440 × 61440/u,
    ],
  ])('is refused: %s', async (_name, make, code, message) => {
    const bytes = await make();
    await expect(probeMovie(bytes)).rejects.toThrow(message);
    await expect(probeMovie(bytes)).rejects.toMatchObject({ name: 'PermanentError', code });
  });
});

/** One byte makes a reader go round in circles: a run of three billion frames, an index of another kind than is told. */
const endless: readonly (readonly [string, Uint8Array])[] = [
  ['MP4', replaced(bFrames, 'ctts', '\u00c8', 44)],
  ['WebM', withOtherByte(webm, '\u001cS\u00bbk', 1)],
];

function withOtherByte(bytes: Uint8Array, sign: string, offset: number): Uint8Array {
  const changed = Buffer.from(bytes);
  changed[changed.lastIndexOf(sign, undefined, 'latin1') + offset] = 255;
  return new Uint8Array(changed);
}

describe('a movie without an end', () => {
  it.each(endless)('%s is given up at the limit, and the next one is read', async (_name, bytes) => {
    const start = performance.now();
    await expect(probeMovie(bytes, { stallMs: 700, totalMs: 700 })).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'damaged-source',
      message: expect.stringContaining('within the time and memory'),
    });
    expect(performance.now() - start).toBeLessThan(5000);
    await expect(probeMovie(clip)).resolves.toMatchObject({ durationMs: 1000 });
  });

  it('does not take the others’ time or memory', async () => {
    const before = process.memoryUsage().rss;
    const stuck = Promise.allSettled(
      [...endless, ...endless].map(([, bytes]) => probeMovie(bytes, { stallMs: 700, totalMs: 700 })),
    );
    await expect(probeMovie(clip)).resolves.toMatchObject({ durationMs: 1000 });
    for (const { status } of await stuck) {
      expect(status).toBe('rejected');
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  });
});

describe('a movie with bytes that were changed on the way', () => {
  /** The same numbers every time: a linear congruential generator (Numerical Recipes). */
  const numbers = (seed: number): (() => number) => {
    let state = seed;
    return () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
  };
  const limits = { stallMs: 1000, totalMs: 2000 };

  async function readAll(bytes: Uint8Array): Promise<'read' | 'refused'> {
    try {
      const { delaysMs } = await probeMovie(bytes, limits);
      const reader = await openMovieFrames(bytes, { limits });
      try {
        for await (const { pixels } of reader.frames([...delaysMs.keys()])) {
          expect(pixels.length).toBeGreaterThan(0);
        }
      } finally {
        await reader.close();
      }
      return 'read';
    } catch (error) {
      // Anything else than a clear refusal fails the test.
      expect(error).toBeInstanceOf(PermanentError);
      return 'refused';
    }
  }

  it('is read or refused, a hundred times', { timeout: 120_000 }, async () => {
    const random = numbers(20_261_121);
    const outcomes = { read: 0, refused: 0 };
    for (let turn = 0; turn < 100; turn += 1) {
      const bytes = new Uint8Array(turn % 2 === 0 ? clip : webm);
      const where = random() < 0.6 ? Math.min(1500, bytes.length) : bytes.length;
      for (let change = 0; change <= random() * 8; change += 1) {
        bytes[Math.floor(random() * where)] = Math.floor(random() * 256);
      }
      outcomes[await readAll(bytes)] += 1;
    }
    expect(outcomes.read).toBeGreaterThan(10);
    expect(outcomes.refused).toBeGreaterThan(10);
    const reader = await openMovieFrames(clip);
    for await (const { index, pixels } of reader.frames([24])) {
      expect([index, frameOf(pixels)]).toEqual([24, 24]);
    }
    await reader.close();
  });
});
