import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cameraJpeg, quarteredPhoto } from '../../../fixtures/photos.ts';
import { corners, expectNear, expectUpright, makePlain, photoVariant, pixelsOf } from './plain-picture.ts';

describe('the photo', () => {
  it('is converted to sRGB from CMYK', async () => {
    const cmyk = await quarteredPhoto()
      .toColourspace('cmyk')
      .withIccProfile('cmyk')
      .jpeg({ quality: 95 })
      .toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    // Print cannot show these colours fully; what sharp makes of them in one go is the measure.
    const expected = await pixelsOf(await sharp(cmyk).toColourspace('srgb').png().toBuffer(), corners);
    const found = await pixelsOf((await makePlain(cmyk)).bytes, corners);
    for (const [index, pixel] of found.entries()) {
      expectNear(pixel, expected[index] ?? [], 4);
    }
    await expectUpright((await makePlain(cmyk)).bytes, 90);
  });

  it('is converted to sRGB from Display P3', async () => {
    const p3 = await quarteredPhoto().withIccProfile('p3').jpeg({ quality: 98 }).toBuffer();
    await expectUpright((await makePlain(p3)).bytes, 14);
  });

  it('may have 16 bits', async () => {
    const deep = await quarteredPhoto().toColourspace('rgb16').png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    await expectUpright((await makePlain(deep)).bytes, 4);
  });

  it('may be grey', async () => {
    const grey = await quarteredPhoto().greyscale().toColourspace('b-w').jpeg().toBuffer();
    expect((await sharp(grey).metadata()).channels).toBe(1);
    const [pixel] = await pixelsOf((await makePlain(grey)).bytes, corners);
    expect(new Set(pixel).size).toBe(1);
  });

  it.each(['png', 'webp', 'avif', 'gif'] as const)('may be %s', async (format) => {
    await expectUpright((await makePlain(await quarteredPhoto().toFormat(format).toBuffer())).bytes, 30);
  });

  it('is the first frame of an animation', async () => {
    const frame = await quarteredPhoto(64, 48).png().toBuffer();
    const other = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#000000' } })
      .png()
      .toBuffer();
    for (const format of ['gif', 'webp'] as const) {
      const animation = await sharp([frame, other], { join: { animated: true } })
        .toFormat(format)
        .toBuffer();
      expect((await sharp(animation).metadata()).pages).toBe(2);
      await expectUpright((await makePlain(animation)).bytes, 40);
    }
  });

  it('shows what is below where it is transparent', async () => {
    const ghost = await sharp({ create: { width: 64, height: 48, channels: 4, background: '#ff000000' } })
      .png()
      .toBuffer();
    const [pixel] = await pixelsOf(
      (await makePlain(ghost, photoVariant({ background: '#336699' }))).bytes,
      corners,
    );
    expect(pixel).toEqual([0x33, 0x66, 0x99]);
  });

  it('may be smaller than its box, or much longer than wide', async () => {
    await expectUpright((await makePlain(await cameraJpeg(6, 40, 30))).bytes, 60);
    expect((await makePlain(await cameraJpeg(1, 2000, 20))).width).toBe(320);
  });
});

describe('a photo that cannot be drawn', () => {
  const refusal = async (photo: Uint8Array): Promise<unknown> => {
    try {
      await makePlain(photo);
      return 'drawn';
    } catch (error) {
      return error;
    }
  };

  it.each([
    ['a truncated JPEG', async () => (await cameraJpeg()).subarray(0, 3000), 'damaged-picture'],
    [
      'a truncated PNG',
      async () => (await quarteredPhoto().png({ compressionLevel: 0 }).toBuffer()).subarray(0, 9000),
      'damaged-picture',
    ],
    ['nothing but a signature', async () => Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'damaged-picture'],
    ['a text', async () => Buffer.from('just words'), 'not-a-picture'],
    [
      'an SVG',
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>'),
      'unsupported-picture',
    ],
    ['no bytes', async () => new Uint8Array(), 'empty-upload'],
    ['a TIFF', async () => await quarteredPhoto().tiff().toBuffer(), 'not-a-picture'],
  ] as const)('is refused for good: %s', async (_what, photo, code) => {
    expect(await refusal(await photo())).toMatchObject({ name: 'PermanentError', code });
  });

  it('is refused for good when it is corrupt in the middle', async () => {
    const jpeg = Buffer.from(await quarteredPhoto(640, 480).jpeg().toBuffer());
    const half = jpeg.subarray(0, jpeg.length / 2);
    expect(await refusal(half)).toMatchObject({ name: 'PermanentError', code: 'damaged-picture' });
  });

  it('is refused before it is decoded when it claims more pixels than the campaign takes', async () => {
    const bomb = await sharp({
      create: { width: 20_000, height: 20_000, channels: 3, background: '#000000' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer();
    const started = performance.now();
    expect(await refusal(bomb)).toMatchObject({ name: 'PermanentError', code: 'too-many-pixels' });
    expect(performance.now() - started).toBeLessThan(500);
  }, 60_000);

  it('leaves the loaders for files and SVG blocked', async () => {
    await expect(sharp('package.json').metadata()).rejects.toThrow();
    await expect(
      sharp(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')).metadata(),
    ).rejects.toThrow();
  });
});
