import { describe, expect, it } from 'vitest';
import {
  acceptedInWords,
  acceptedTypes,
  checkDimensions,
  checkPhoto,
} from '../../../console/src/photo/check-photo.ts';
import { acceptedPicturesInWords, uploadContentTypes } from '../../../functions/contracts/picture-type.ts';

const jpegHead = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);
const limits = { maxBytes: 20_000_000, maxPixels: 50_000_000, minPixelsPerSide: 64 };

describe('what may be sent', () => {
  it('is what the contract names, in the same words', () => {
    expect(acceptedTypes.split(',').toSorted()).toEqual(uploadContentTypes.toSorted());
    expect(acceptedInWords).toBe(acceptedPicturesInWords);
  });

  it('is declared as what its bytes say, whatever its name says', () => {
    expect(checkPhoto({ name: 'a.png', size: 5000, head: jpegHead }, limits)).toEqual({
      ok: true,
      contentType: 'image/jpeg',
    });
  });

  it('may be as large as the campaign says and no larger', () => {
    expect(checkPhoto({ name: 'a.jpg', size: 20_000_000, head: jpegHead }, limits).ok).toBe(true);
    expect(checkPhoto({ name: 'a.jpg', size: 20_600_000, head: jpegHead }, limits)).toEqual({
      ok: false,
      sentence: '“a.jpg” is 21 MB large; this campaign takes pictures of up to 20 MB. Choose a smaller one.',
    });
  });

  it('has as many pixels as the campaign needs and no more than it takes', () => {
    expect(checkDimensions({ width: 64, height: 4000 }, limits)).toBeUndefined();
    expect(checkDimensions({ width: 63, height: 4000 }, limits)).toContain('63 × 4000');
    expect(checkDimensions({ width: 10_000, height: 5000 }, limits)).toBeUndefined();
    expect(checkDimensions({ width: 10_000, height: 6000 }, limits)).toContain('60 megapixels');
  });
});
