import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { probeAnySource } from '../../../../functions/studio/adapters/probe-any-source.ts';
import { probePictures } from '../../../../functions/studio/adapters/probe-pictures.ts';
import { makeClip } from './movies/make-clip.ts';

/** Two frames of 16 × 16 pixels, as an animated WebP. */
const animation = async (alpha: number): Promise<Buffer> =>
  await sharp(
    Buffer.concat([200, 90].map((red) => Buffer.alloc(16 * 16 * 4, Buffer.from([red, 30, 60, alpha])))),
    { raw: { width: 16, height: 32, channels: 4, pageHeight: 16 } },
  )
    .webp({ delay: [50, 70], lossless: true })
    .toBuffer();

describe('probing whatever was sent', () => {
  it('knows movies where they can be read, and leaves them to others elsewhere', async () => {
    const clip = await makeClip({ format: 'mp4', width: 64, height: 48, frames: 5 });
    expect(await probeAnySource(clip)).toMatchObject({
      kind: 'movie',
      width: 64,
      height: 48,
      durationMs: 200,
    });
    expect(await probePictures(clip)).toBeUndefined();
  });

  it.each([
    ['opaque', 255, false],
    ['see-through', 128, true],
  ])('tells whether one sees through an animated WebP: %s', async (_what, alpha, hasTransparency) => {
    const probed = await probeAnySource(await animation(alpha));
    expect(probed).toMatchObject({ kind: 'animation', delaysMs: [50, 70], hasTransparency });
  });

  it('names what is neither a picture nor a movie', async () => {
    await expect(probeAnySource(Buffer.from('%PDF-1.7'))).rejects.toThrow(/PDF/u);
    await expect(probePictures(Buffer.from('ID3\u0004sound'))).rejects.toMatchObject({
      code: 'unsupported-source',
    });
  });
});
