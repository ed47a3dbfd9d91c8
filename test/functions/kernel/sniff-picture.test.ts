import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sniffPicture } from '../../../functions/kernel/sniff-picture.ts';

const draw = (format: 'jpeg' | 'png' | 'webp' | 'avif' | 'gif'): Promise<Buffer> =>
  sharp({ create: { width: 96, height: 64, channels: 3, background: '#3366cc' } })
    .toFormat(format)
    .toBuffer();

const isoMedia = (brand: string, compatible: string): Buffer =>
  Buffer.from(`\0\0\0\u0018ftyp${brand}\0\0\0\0${compatible}`, 'latin1');

describe('sniffing', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)(
    'knows a real %s and its dimensions',
    async (format) => {
      expect(sniffPicture(await draw(format))).toEqual({
        kind: 'picture',
        contentType: `image/${format}`,
        width: 96,
        height: 64,
      });
    },
  );

  it.each([
    ['heic', 'mif1heic', 'heic'],
    ['mif1', 'mif1heic', 'heic'],
    ['avif', 'mif1avif', 'incomplete'],
    ['isom', 'isomiso2avc1mp41', 'other'],
    ['qt  ', 'qt  ', 'other'],
  ])('tells an ISO media file of brand “%s”', (brand, compatible, kind) => {
    expect(sniffPicture(isoMedia(brand, compatible)).kind).toBe(kind);
  });

  it.each([
    ['svg', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['svg', '  <svg width="1" height="1"/>'],
    ['svg', '\ufeff<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"><svg/>'],
  ])('knows %s however it begins', (kind, text) => {
    expect(sniffPicture(Buffer.from(text)).kind).toBe(kind);
  });

  it.each([
    ['a PDF document', Buffer.from('%PDF-1.7 …')],
    ['a ZIP archive', Buffer.from('PK\u0003\u0004rest')],
    ['a TIFF picture', Buffer.from('II*\0rest')],
    ['a web page', Buffer.from('<!doctype html><p>')],
    ['a text file', Buffer.from('Dear all, here is my photo.')],
    ['not a picture', Buffer.from([0, 1, 2, 3, 4, 5, 6, 7])],
  ])('names %s', (looksLike, bytes) => {
    expect(sniffPicture(bytes)).toEqual({ kind: 'other', looksLike });
  });

  it('asks for more of a JPEG whose metadata is longer than what was read', async () => {
    const jpeg = await draw('jpeg');
    const longMetadata = Buffer.alloc(65_000, 'x');
    const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0xfd, 0xea]), longMetadata]);
    const long = Buffer.concat([jpeg.subarray(0, 2), segment, segment, jpeg.subarray(2)]);
    expect(sniffPicture(long.subarray(0, 65_536)).kind).toBe('incomplete');
    expect(sniffPicture(long).kind).toBe('picture');
  });

  it('never throws, whatever the bytes', () => {
    const signatures = ['ffd8ff', '89504e470d0a1a0a', '47494638', '52494646', '0000001866747970'].map((hex) =>
      Buffer.from(hex, 'hex'),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(Buffer.alloc(0), ...signatures),
        fc.uint8Array({ maxLength: 400 }),
        (head, tail) => {
          expect(sniffPicture(Buffer.concat([head, tail])).kind).toMatch(
            /picture|incomplete|heic|svg|other/u,
          );
        },
      ),
      { numRuns: 2000 },
    );
  });
});
