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

  it.each([
    ['a PDF document', Buffer.from('%PDF-1.7')],
    ['sound without a picture', Buffer.from('ID3\u0004sound')],
    ['an AVI video', Buffer.from('RIFF\u0001\u0002\u0003\u0004AVI LIST')],
    ['neither a picture nor a movie', Buffer.from([0, 1, 2, 3, 4, 5, 6, 7])],
  ])('names %s, and says what to send', async (what, bytes) => {
    for (const probe of [probeAnySource, probePictures]) {
      await expect(probe(bytes)).rejects.toMatchObject({
        code: 'unsupported-source',
        message: expect.stringMatching(new RegExp(`^The file looks like ${what}. Send JPEG.*MP4`, 'u')),
      });
    }
  });

  it('says that an empty file is empty', async () => {
    await expect(probeAnySource(new Uint8Array())).rejects.toMatchObject({ code: 'empty-source' });
  });
});
