import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { supplyFrames } from '../../../../functions/studio/adapters/frame-supply.ts';
import type { FrameReader } from '../../../../functions/studio/domain/ports.ts';

/** Frames whose every byte is their index, read forward only. */
function reader(side: number): { reader: FrameReader; asked: number[][]; isClosed: () => boolean } {
  const asked: number[][] = [];
  let closed = false;
  return {
    asked,
    isClosed: () => closed,
    reader: {
      width: side,
      channels: 4,
      height: side,
      frames: async function* frames(indices) {
        asked.push([...indices]);
        let last = -1;
        for (const index of indices) {
          expect(index).toBeGreaterThan(last);
          last = index;
          yield { index, pixels: new Uint8Array(4).fill(index) };
        }
      },
      close: async () => {
        closed = true;
      },
    },
  };
}

const orders = fc
  .array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 80 })
  .map((order) => order.filter((index, at) => index !== order[at - 1]));

describe('frames', () => {
  it('come in any order, from a reader that runs forward', async () => {
    await fc.assert(
      fc.asyncProperty(orders, fc.constantFrom(1, 2000), async (order, side) => {
        const { reader: source } = reader(side);
        const supply = supplyFrames(source, order);
        for (const index of order) {
          const data = await supply.next(index);
          expect(data[0]).toBe(index);
        }
        await supply.close();
      }),
    );
  });

  it('are read once, as a stream, while they run forward', async () => {
    const { reader: source, asked } = reader(1);
    const supply = supplyFrames(source, [0, 1, 4, 9]);
    for (const index of [0, 1, 4, 9]) {
      await supply.next(index);
    }
    expect(asked).toEqual([[0, 1, 4, 9]]);
    await supply.close();
  });

  it('in reverse are held a few at a time, as many as memory allows', async () => {
    const { reader: source, asked } = reader(2000);
    const order = Array.from({ length: 12 }, (_, index) => 11 - index);
    const supply = supplyFrames(source, order);
    for (const index of order) {
      await supply.next(index);
    }
    expect(asked.map((indices) => indices.length)).toEqual([4, 4, 4]);
    await supply.close();
  });

  it('that nobody expects are an error, and the reader is closed', async () => {
    const { reader: source, isClosed } = reader(1);
    const supply = supplyFrames(source, [3]);
    await expect(supply.next(4)).rejects.toThrow('Frame 4 was wanted, 3 came.');
    await supply.close();
    expect(isClosed()).toBe(true);
  });
});
