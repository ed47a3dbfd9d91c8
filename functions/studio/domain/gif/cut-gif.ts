import type { CutAnimation } from '../cut-animation.ts';
import type { PixelSize } from '../plan.ts';
import { compress } from './lzw.ts';
import type { GifStructure } from './read-gif-structure.ts';

const bits = 2;
const keeps = new Set([0, 1]);
const clears = 2;

/**
 * A GIF in parts that can be decoded by themselves. Each begins with a picture of nothing of the whole size, because readers take the size of a GIF from its first
 * frames, and see through a GIF only when one of its frames says so.
 *
 * @param size of the whole, as it is decoded
 */
export function cutGif(bytes: Uint8Array, { frames, headEnd }: GifStructure, size: PixelSize): CutAnimation {
  const head = bytes.slice(0, headEnd);
  head.set([...word(size.width), ...word(size.height)], 6);
  let nothing: Uint8Array | undefined;
  return {
    leading: 1,
    frames: frames.map(({ left, top, width, height, disposal, hasTransparentColour }) => ({
      box: { left, top, width, height },
      isClearedAfter: disposal === clears,
      // What is brought back was drawn before; what is cleared without transparency may become a colour, as readers like it.
      canEnd: keeps.has(disposal) || (disposal === clears && hasTransparentColour),
    })),
    cut: (first, last) => {
      nothing ??= pictureOfNothing(size);
      const part = bytes.subarray(frames[first]?.start, frames[last]?.end);
      return new Uint8Array(Buffer.concat([head, nothing, part, Uint8Array.of(0x3b)]));
    },
  };
}

function pictureOfNothing({ width, height }: PixelSize): Uint8Array {
  const count = width * height;
  const pixels = compress(
    { indices: new Uint8Array(count), mayStay: new Uint8Array(count), transparent: 0, near: undefined },
    bits,
  );
  const control = [0x21, 0xf9, 4, (1 << 2) | 1, 0, 0, 0, 0];
  const twoColours = [0, 0, 0, 0, 0, 0];
  const image = [0x2c, 0, 0, 0, 0, ...word(width), ...word(height), 0x80, ...twoColours];
  return Uint8Array.of(...control, ...image, ...pixels);
}

const word = (value: number): [number, number] => [value & 255, value >> 8];
