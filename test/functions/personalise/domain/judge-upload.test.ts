import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { judgeUpload } from '../../../../functions/personalise/domain/judge-upload.ts';

const limits = { maxBytes: 1_000_000, maxPixels: 1_000_000, minPixelsPerSide: 64 };
const draw = (width: number, height: number, format: 'jpeg' | 'png' | 'gif' = 'png'): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#3366cc' } })
    .toFormat(format)
    .toBuffer();
const judge = (bytes: Buffer, size = bytes.byteLength) => judgeUpload(bytes, size, limits);

describe('an upload', () => {
  it('is accepted as a picture within the limits', async () => {
    expect(judge(await draw(800, 600))).toEqual({ verdict: 'accepted' });
  });

  it.each([
    ['empty-upload', Buffer.alloc(0), 'The file is empty. Send a JPEG, PNG, WebP, AVIF or GIF picture.'],
    [
      'not-a-picture',
      Buffer.from('hello'),
      'The file looks like a text file. Send a JPEG, PNG, WebP, AVIF or GIF picture.',
    ],
    [
      'unsupported-picture',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'SVG drawings are not accepted: send JPEG, PNG, WebP or AVIF.',
    ],
    [
      'unsupported-picture',
      Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1'),
      'HEIC pictures are not supported: send JPEG, PNG, WebP or AVIF.',
    ],
    [
      'damaged-picture',
      Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
      'The picture is damaged or incomplete. Send the original file.',
    ],
  ])('is refused as %s, in words', (code, bytes, message) => {
    expect(judge(bytes)).toEqual({ verdict: 'refused', failure: { code, message } });
  });

  it('is refused by its size before its bytes are looked at', () => {
    expect(judge(Buffer.from('x'), 1_200_000)).toMatchObject({
      failure: { code: 'upload-too-large', message: 'The file has 1.2 MB; at most 1.0 MB are accepted.' },
    });
  });

  it('is refused by its pixels, from the header alone', async () => {
    expect(judge(await draw(2000, 1000))).toMatchObject({
      failure: {
        code: 'too-many-pixels',
        message:
          'The picture has 2000 × 1000 pixels, 2.0 megapixels in all; at most 1.0 megapixels are accepted.',
      },
    });
    expect(judge(await draw(63, 300))).toMatchObject({ failure: { code: 'too-few-pixels' } });
  });

  it('is judged later when its header is longer than what was read', async () => {
    const jpeg = await draw(100, 100, 'jpeg');
    expect(judge(jpeg.subarray(0, 20), jpeg.byteLength)).toEqual({ verdict: 'more' });
  });
});
