import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { letGo } from '../../../functions/kernel/let-go.ts';

describe('letting go of bytes', () => {
  it('gives the memory of a whole buffer back before any garbage is collected', () => {
    const bytes = new Uint8Array(50_000_000);
    const before = process.memoryUsage().arrayBuffers;
    letGo(bytes);
    expect(bytes).toHaveLength(0);
    expect(before - process.memoryUsage().arrayBuffers).toBeGreaterThan(40_000_000);
  });

  it('gives the memory of a picture back that the engine has taken', async () => {
    const background = 'red';
    const picture = await sharp({ create: { width: 4000, height: 3000, channels: 3, background } })
      .raw()
      .toBuffer();
    const before = process.memoryUsage().external;
    letGo(picture);
    expect(picture).toHaveLength(0);
    expect(before - process.memoryUsage().external).toBeGreaterThan(30_000_000);
  });

  it('leaves a part alone, since the rest may be in use', () => {
    const whole = Uint8Array.from([1, 2, 3, 4]);
    const part = whole.subarray(1, 3);
    letGo(part);
    expect([...part]).toEqual([2, 3]);
  });
});
