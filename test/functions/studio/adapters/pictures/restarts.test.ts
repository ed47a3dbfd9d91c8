import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { Restarts } from '../../../../../functions/studio/adapters/restarts.ts';
import { openPictureFrames } from '../../../../../functions/studio/adapters/sharp-frames.ts';
import { probePicture } from '../../../../../functions/studio/adapters/sharp-probe.ts';
import { cutGif } from '../../../../../functions/studio/domain/gif/cut-gif.ts';
import { compress } from '../../../../../functions/studio/domain/gif/lzw.ts';
import { readGifStructure } from '../../../../../functions/studio/domain/gif/read-gif-structure.ts';
import { decodeFrames } from './test-pictures.ts';

const [width, height] = [24, 16];
const word = (value: number): number[] => [value & 255, value >> 8];

interface Drawn {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly disposal: number;
  readonly isTransparent: boolean;
  readonly seed: number;
}

/** A GIF of four colours whose frames are stripes, with everything that its blocks may say of them. */
function gifOf(frames: readonly Drawn[], size = { width, height }): Uint8Array {
  const colours = [255, 0, 0, 0, 255, 0, 0, 0, 255, 250, 250, 250];
  const blocks = frames.flatMap((frame) => {
    const count = frame.width * frame.height;
    const indices = Uint8Array.from({ length: count }, (_, at) => ((at >> 1) + frame.seed) & 3);
    const picture = compress({ indices, mayStay: new Uint8Array(count), transparent: 3, near: undefined }, 2);
    const control = (frame.disposal << 2) | (frame.isTransparent ? 1 : 0);
    return [
      [0x21, 0xf9, 4, control, 5, 0, 3, 0],
      [0x2c, ...word(frame.left), ...word(frame.top), ...word(frame.width), ...word(frame.height), 0],
      [...picture],
    ].flat();
  });
  const head = [...Buffer.from('GIF89a'), ...word(size.width), ...word(size.height), 0x81, 0, 0];
  return Uint8Array.from([...head, ...colours, ...blocks, 0x3b]);
}

const drawn: fc.Arbitrary<Drawn> = fc
  .record({
    left: fc.nat(width - 1),
    top: fc.nat(height - 1),
    right: fc.nat(width - 1),
    bottom: fc.nat(height - 1),
    disposal: fc.nat(3),
    isTransparent: fc.boolean(),
    seed: fc.nat(3),
  })
  .map(({ left, top, right, bottom, disposal, isTransparent, seed }) => ({
    disposal,
    isTransparent,
    seed,
    left: Math.min(left, right),
    top: Math.min(top, bottom),
    width: Math.abs(left - right) + 1,
    height: Math.abs(top - bottom) + 1,
  }));

function restartsOf(gif: Uint8Array, size = { width, height }) {
  let pagesRead = 0;
  const restarts = new Restarts(
    cutGif(gif, readGifStructure(gif, 1000), size),
    size,
    async (file, page, pages) => {
      pagesRead += page + pages;
      const { data } = await sharp(file, { page, pages, failOn: 'error' })
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      return data;
    },
  );
  return { restarts, read: () => pagesRead };
}

const opaque = (pixels: Uint8Array): Uint8Array => pixels.map((value, at) => (at % 4 === 3 ? 255 : value));

describe('frames of a GIF that are decoded from where one was before', () => {
  it('are those of the whole, however frames are drawn over each other, cleared and brought back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(drawn, { minLength: 2, maxLength: 12 }),
        fc.array(fc.tuple(fc.nat(11), fc.nat(3)), { minLength: 1, maxLength: 6 }),
        async (frames, ranges) => {
          const gif = gifOf(frames);
          const whole = await decodeFrames(gif);
          const hasAlpha = frames.some(({ isTransparent }) => isTransparent);
          fc.pre(whole.frames.length === frames.length && whole.width === width && whole.height === height);
          const { restarts } = restartsOf(gif);
          for (const [from, more] of ranges) {
            const first = from % frames.length;
            const last = Math.min(frames.length - 1, first + more);
            const pixels = new Uint8Array(await restarts.frames(first, last));
            const expected = new Uint8Array(Buffer.concat(whole.frames.slice(first, last + 1)));
            // A GIF that never speaks of transparency is black where nothing is drawn.
            expect(hasAlpha ? pixels : opaque(pixels)).toEqual(expected);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  const long = (count: number): Uint8Array =>
    gifOf(
      Array.from({ length: count }, (_, at) => ({
        left: at % 20,
        top: 0,
        width: 4,
        height: 16,
        disposal: 1,
        isTransparent: true,
        seed: at,
      })),
    );

  it('are decoded once each, forward and in reverse, but for a few', async () => {
    const count = 400;
    const forward = restartsOf(long(count));
    for (let first = 0; first < count; first += 10) {
      await forward.restarts.frames(first, first + 9);
    }
    // One more for each part: the picture of nothing before it.
    expect(forward.read()).toBeLessThanOrEqual(count + count / 10);
    const back = restartsOf(long(count));
    for (let first = count - 10; first >= 0; first -= 10) {
      await back.restarts.frames(first, first + 9);
    }
    expect(back.read()).toBeLessThanOrEqual(4 * count);
  });

  it('are used for frames that are late in a large GIF', async () => {
    const size = { width: 1600, height: 1000 };
    const stripe = { top: 0, width: 40, height: 1000, disposal: 1, isTransparent: false };
    const frames = Array.from({ length: 24 }, (_, at) =>
      at === 0 ? { ...stripe, left: 0, width: 1600, seed: 0 } : { ...stripe, left: at * 60, seed: at },
    );
    const gif = gifOf(frames, size);
    const reader = openPictureFrames(gif, await probePicture(gif));
    for await (const { index, pixels } of reader.frames([14, 15, 20, 23])) {
      const shown = await sharp(gif, { page: index }).removeAlpha().raw().toBuffer();
      expect(reader.channels).toBe(3);
      expect(Buffer.compare(pixels, shown)).toBe(0);
    }
    await reader.close();
  });
});
