import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  mayBeTransparent,
  readGifStructure,
} from '../../../../../functions/studio/domain/gif/read-gif-structure.ts';
import { animationOf, photo } from '../../adapters/pictures/test-pictures.ts';

describe('the structure of a GIF', () => {
  it('is read without decoding: size, frames, delays, loops', async () => {
    const gif = await animationOf(
      [photo(20, 10), photo(20, 10, 4), photo(20, 10, 8)],
      20,
      [50, 0, 1200],
      'gif',
      4,
    );
    const { width, height, frames, loop } = readGifStructure(gif, 100);
    expect({ width, height, delays: frames.map(({ delayMs }) => delayMs), loop }).toEqual({
      width: 20,
      height: 10,
      delays: [50, 0, 1200],
      loop: 3,
    });
  });

  it('is read no further than asked', async () => {
    const frames = Array.from({ length: 30 }, (_, at) => photo(6, 6, at));
    const gif = await animationOf(
      frames,
      6,
      frames.map(() => 20),
      'gif',
    );
    expect(readGifStructure(gif, 7).frames).toHaveLength(7);
  });

  it('says that it may be seen through when its first frame may', async () => {
    const hole = photo(8, 8);
    hole.fill(0, 0, 64);
    expect(mayBeTransparent(readGifStructure(await animationOf([hole, hole], 8, [50, 50], 'gif'), 9))).toBe(
      true,
    );
  });

  it('ends wherever the bytes end, and never throws', async () => {
    const gif = await animationOf([photo(9, 9), photo(9, 9, 3)], 9, [50, 50], 'gif');
    fc.assert(
      fc.property(
        fc.nat({ max: gif.length }),
        fc.array(fc.tuple(fc.nat({ max: gif.length - 1 }), fc.integer({ min: 0, max: 255 })), {
          maxLength: 5,
        }),
        (end, changes) => {
          const damaged = gif.slice(0, end);
          for (const [at, byte] of changes) {
            damaged.fill(byte, at, at + 1);
          }
          expect(readGifStructure(damaged, 100).frames.length).toBeLessThanOrEqual(100);
        },
      ),
    );
  });
});
