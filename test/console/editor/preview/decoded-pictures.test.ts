import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DecodedPictures } from '../../../../console/src/editor/preview/sources/decoded-pictures.ts';

/** A picture as large as a phone's: 48 MB. */
interface FakePicture {
  readonly width: number;
  readonly height: number;
  readonly close: () => void;
}

describe('decoded pictures', () => {
  let decoded: Blob[];
  let open: number;
  let decodingNow: number;
  let mostDecodingNow: number;

  beforeEach(() => {
    [decoded, open, decodingNow, mostDecodingNow] = [[], 0, 0, 0];
    vi.stubGlobal('createImageBitmap', async (file: Blob): Promise<FakePicture> => {
      decodingNow += 1;
      mostDecodingNow = Math.max(mostDecodingNow, decodingNow);
      await Promise.resolve();
      decodingNow -= 1;
      if (file.type === 'damaged') {
        throw new Error('damaged');
      }
      decoded.push(file);
      open += 1;
      return {
        width: 4000,
        height: 3000,
        close: () => {
          open -= 1;
        },
      };
    });
  });

  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('are decoded once, however many ask', async () => {
    const pictures = new DecodedPictures();
    const file = new Blob(['one']);
    await Promise.all([pictures.take(file), pictures.take(file)]);
    await pictures.take(file);
    expect(decoded).toEqual([file]);
  });

  it('of many photos are given up when there is no room, the oldest first, and decoded again', async () => {
    const pictures = new DecodedPictures();
    const files = Array.from({ length: 60 }, (_, index) => new Blob([String(index)]));
    await Promise.all(files.map(async (file) => (await pictures.take(file)).close()));
    expect(mostDecodingNow).toBe(2);
    expect(open).toBeLessThanOrEqual(4);
    const [first] = files;
    const last = files.at(-1);
    await pictures.take(last ?? new Blob());
    expect(decoded).toHaveLength(60);
    await pictures.take(first ?? new Blob());
    expect(decoded).toHaveLength(61);
  });

  it('that are being looked at stay', async () => {
    const pictures = new DecodedPictures();
    const held = await Promise.all(
      Array.from({ length: 8 }, (_, index) => pictures.take(new Blob([String(index)]))),
    );
    expect(open).toBe(8);
    for (const picture of held) {
      picture.close();
      picture.close();
    }
    await pictures.take(new Blob(['another']));
    expect(open).toBeLessThanOrEqual(4);
  });

  it('go on after one that is damaged', async () => {
    const pictures = new DecodedPictures();
    await expect(pictures.take(new Blob([''], { type: 'damaged' }))).rejects.toThrow('damaged');
    await expect(pictures.take(new Blob(['whole']))).resolves.toBeDefined();
  });
});
