import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sniffUpload } from '../../../functions/kernel/sniff-upload.ts';

const isoMedia = (brand: string, compatible: string): Buffer =>
  Buffer.from(`\0\0\0\u0018ftyp${brand}\0\0\0\0${compatible}`, 'latin1');
const ebml = (docType: string): Buffer =>
  Buffer.from(
    `\u001aE\u00df\u00a3\u0093B\u0082${String.fromCodePoint(0x80 + docType.length)}${docType}`,
    'latin1',
  );

describe('sniffing an upload', () => {
  it.each([
    ['isom', 'isomiso2avc1mp41', 'video/mp4'],
    ['mp42', 'mp42isom', 'video/mp4'],
    ['M4V ', 'M4V mp42', 'video/mp4'],
    ['iso5', 'iso5dash', 'video/mp4'],
    ['qt  ', 'qt  ', 'video/quicktime'],
  ])('knows a movie of brand “%s”', (brand, compatible, contentType) => {
    expect(sniffUpload(isoMedia(brand, compatible))).toEqual({ kind: 'movie', contentType });
  });

  it('knows a QuickTime file from before there were brands', () => {
    expect(sniffUpload(Buffer.from('\0\0\u0004\0moovrest', 'latin1'))).toEqual({
      kind: 'movie',
      contentType: 'video/quicktime',
    });
  });

  it('knows WebM, and names other Matroska', () => {
    expect(sniffUpload(ebml('webm'))).toEqual({ kind: 'movie', contentType: 'video/webm' });
    expect(sniffUpload(ebml('matroska'))).toEqual({ kind: 'other', looksLike: 'a Matroska video' });
  });

  it.each([
    ['sound without a picture', isoMedia('M4A ', 'M4A mp42')],
    ['sound without a picture', Buffer.from('ID3\u0004rest')],
    ['sound without a picture', Buffer.from('OggS\0rest')],
    ['an AVI video', Buffer.from('RIFF\u0001\u0002\u0003\u0004AVI LIST')],
    ['a PDF document', Buffer.from('%PDF-1.7 …')],
    ['not a picture', Buffer.from([0, 1, 2, 3, 4, 5, 6, 7])],
  ])('names %s', (looksLike, bytes) => {
    expect(sniffUpload(bytes)).toEqual({ kind: 'other', looksLike });
  });

  it('knows pictures as before, with their dimensions', async () => {
    const gif = await sharp({ create: { width: 9, height: 7, channels: 3, background: '#3366cc' } })
      .gif()
      .toBuffer();
    expect(sniffUpload(gif)).toEqual({ kind: 'picture', contentType: 'image/gif', width: 9, height: 7 });
    expect(sniffUpload(isoMedia('heic', 'mif1heic'))).toEqual({ kind: 'heic' });
  });

  it('answers whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(typeof sniffUpload(bytes).kind).toBe('string');
      }),
    );
  });
});
