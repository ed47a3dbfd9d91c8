import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sniffPicture } from '../../../console/src/photo/sniff-picture.ts';
import { heicPhoto, textNamedJpg } from '../test-photos.ts';

const dot = sharp({ create: { width: 8, height: 8, channels: 3, background: '#fc2' } });

describe('a picture is known by its bytes', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)('%s', async (format) => {
    expect(sniffPicture(await dot.clone().toFormat(format).toBuffer())).toBe(`image/${format}`);
  });

  it('HEIC, whose brand may be a general one', () => {
    expect(sniffPicture(heicPhoto.buffer)).toBe('image/heic');
    const general = Buffer.from('\0\0\0\x18ftypmif1\0\0\0\0mif1miaf', 'latin1');
    expect(sniffPicture(general)).toBe('image/heic');
  });

  it('AVIF, although it names the general brand, too', () => {
    expect(sniffPicture(Buffer.from('\0\0\0\x20ftypmif1\0\0\0\0mif1avifmiaf', 'latin1'))).toBe('image/avif');
  });

  it('SVG, after whatever stands before it', () => {
    expect(sniffPicture(Buffer.from('<?xml version="1.0"?>\n<!-- a -->\n<svg width="1">'))).toBe(
      'image/svg+xml',
    );
  });

  it.each([
    ['a text', textNamedJpg.buffer],
    ['a movie', Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1')],
    ['nothing', Buffer.alloc(0)],
    ['the first two bytes of a JPEG', Buffer.from([0xff, 0xd8])],
  ])('%s is none', (_, bytes) => {
    expect(sniffPicture(bytes)).toBeUndefined();
  });
});
