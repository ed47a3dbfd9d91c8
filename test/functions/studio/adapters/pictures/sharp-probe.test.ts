import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { PermanentError } from '../../../../../functions/kernel/errors.ts';
import { probePicture } from '../../../../../functions/studio/adapters/sharp-probe.ts';
import { cameraJpeg } from '../../../../fixtures/photos.ts';
import { animationOf, paint, photo } from './test-pictures.ts';

const still = (width: number, height: number): ReturnType<typeof sharp> =>
  sharp(photo(width, height), { raw: { width, height, channels: 4 } });

async function refusal(
  bytes: Uint8Array,
  limits?: Parameters<typeof probePicture>[1],
): Promise<PermanentError> {
  const error: unknown = await probePicture(bytes, limits).catch((thrown: unknown) => thrown);
  if (error instanceof PermanentError) {
    return error;
  }
  throw new Error('It was not refused', { cause: error });
}

/** A GIF of one colour and so many frames; nothing but its blocks is made. */
function manyFrames(count: number, side = 50): Uint8Array {
  const side2 = [side, 0];
  const head = [...Buffer.from('GIF89a'), ...side2, ...side2, 0x80, 0, 0, 1, 2, 3, 200, 100, 0];
  const frame = [0x21, 0xf9, 4, 0, 2, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
  return Uint8Array.from([...head, ...Array.from({ length: count }, () => frame).flat(), 0x3b]);
}

describe('what a picture is', () => {
  it.each([
    ['jpeg', 'image/jpeg', false],
    ['png', 'image/png', false],
    ['webp', 'image/webp', false],
    ['avif', 'image/avif', false],
  ] as const)('is told of a %s', async (format, contentType, hasTransparency) => {
    const bytes = await still(40, 30).removeAlpha().toFormat(format).toBuffer();
    expect(await probePicture(bytes)).toEqual({
      kind: 'still',
      contentType,
      width: 40,
      height: 30,
      delaysMs: [],
      durationMs: 0,
      hasTransparency,
      audio: undefined,
      colour: '8 bits, sRGB',
      bytes: bytes.byteLength,
    });
  });

  it.each(['gif', 'webp'] as const)('is told of an animated %s, delay by delay', async (format) => {
    const frames = [photo(24, 18), photo(24, 18, 5), photo(24, 18, 9)];
    const probed = await probePicture(await animationOf(frames, 24, [40, 500, 120], format));
    expect(probed).toMatchObject({
      kind: 'animation',
      width: 24,
      height: 18,
      delaysMs: [40, 500, 120],
      durationMs: 660,
    });
  });

  it('keeps delays of nothing as they are: what they mean is decided elsewhere', async () => {
    const frames = [photo(24, 18), photo(24, 18, 5)];
    expect((await probePicture(await animationOf(frames, 24, [0, 10], 'gif'))).delaysMs).toEqual([0, 10]);
  });

  it('is upright', async () => {
    expect(await probePicture(await cameraJpeg(6, 64, 48))).toMatchObject({ width: 64, height: 48 });
  });

  it('tells pictures that may be seen through from animations that only leave out what stays', async () => {
    const moving = Array.from({ length: 3 }, (_, at) =>
      paint(30, 30, (x) => (x === at ? [255, 0, 0] : [9, 9, 9])),
    );
    expect(await probePicture(await animationOf(moving, 30, [50, 50, 50], 'gif'))).toMatchObject({
      hasTransparency: false,
    });
    const onNothing = moving.map((frame) =>
      frame.map((value, at) => (at % 4 === 3 && at > 2000 ? 0 : value)),
    );
    expect(await probePicture(await animationOf(onNothing, 30, [50, 50, 50], 'gif'))).toMatchObject({
      hasTransparency: true,
    });
    const png = await still(20, 20).extend({ top: 5, background: '#00000000' }).png().toBuffer();
    expect(await probePicture(png)).toMatchObject({ hasTransparency: true });
  });

  it('names what is not 8 bits of sRGB', async () => {
    const deep = await still(20, 20).removeAlpha().toColourspace('rgb16').png().toBuffer();
    const print = await still(20, 20).removeAlpha().toColourspace('cmyk').jpeg().toBuffer();
    expect((await probePicture(deep)).colour).toBe('16 bits, sRGB');
    expect((await probePicture(print)).colour).toContain('CMYK');
  });
});

describe('what is refused', () => {
  it.each([
    ['nothing', new Uint8Array(), 'empty-source'],
    ['text', Buffer.from('hello there, this is text'), 'unsupported-source'],
    [
      'SVG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      'unsupported-source',
    ],
    ['a PDF', Buffer.from('%PDF-1.7 …'), 'unsupported-source'],
    ['a magic number alone', Buffer.from('GIF89a'), 'damaged-source'],
  ])('is %s', async (_name, bytes, code) => {
    const error = await refusal(bytes);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/Send|send/u);
  });

  it('is a GIF of 5000 frames, at once', async () => {
    const bytes = manyFrames(5000);
    const before = performance.now();
    expect((await refusal(bytes)).code).toBe('too-many-frames');
    expect(performance.now() - before).toBeLessThan(200);
    expect(await probePicture(manyFrames(1000))).toMatchObject({ kind: 'animation' });
  });

  it('is a picture of more pixels than are decoded, with both figures', async () => {
    const bytes = await still(100, 100).png().toBuffer();
    const error = await refusal(bytes, { maxPixels: 9999, maxFrames: 10 });
    expect(error).toMatchObject({ code: 'too-many-pixels' });
    expect(error.message).toContain('100 × 100');
  });
});
