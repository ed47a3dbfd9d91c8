import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Variant } from '../../../../functions/contracts/campaign.ts';
import { createPictureMaker } from '../../../../functions/personalise/adapters/sharp-picture-maker.ts';
import type { PictureMaker } from '../../../../functions/personalise/domain/ports.ts';
import type { Compilation } from '../../../../tools/campaign/compile-campaign.ts';
import { assetsOf, testCard } from '../../../fixtures/compiled-campaign.ts';
import { cameraJpeg, quarters } from '../../../fixtures/photos.ts';
import { corners, expectNear, expectUpright, makePlain, photoVariant, pixelsOf } from './plain-picture.ts';

let card: Compilation;
let maker: PictureMaker;

beforeAll(async () => {
  card = await testCard();
  maker = createPictureMaker({ assets: assetsOf(card) });
});

describe('createPictureMaker', () => {
  it('makes every variant in its size and format, in the order of the campaign', async () => {
    const pictures = await maker.make(await cameraJpeg(), card.campaign, { name: 'Ágnes Þóra', city: 'Vík' });
    expect(pictures.map(({ variant }) => variant)).toEqual(['square', 'card', 'drop', 'thumbnail']);
    for (const { bytes, format, width, height } of pictures) {
      const metadata = await sharp(bytes).metadata();
      expect(metadata.format).toBe(format === 'avif' ? 'heif' : format);
      expect([metadata.width, metadata.height]).toEqual([width, height]);
    }
  });

  it('makes the same bytes from the same photo and slots', async () => {
    const photo = await cameraJpeg();
    const [first, second] = [
      await maker.make(photo, card.campaign, { name: 'A' }),
      await createPictureMaker({ assets: assetsOf(card) }).make(photo, card.campaign, { name: 'A' }),
    ];
    expect(second).toEqual(first);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns a photo with EXIF orientation %d upright', async (orientation) => {
    const { bytes } = await makePlain(await cameraJpeg(orientation));
    await expectUpright(bytes, 25);
  });

  it.each(['jpeg', 'png', 'webp', 'avif'] as const)('leaves no metadata in %s', async (format) => {
    const photo = await cameraJpeg(6);
    expect((await sharp(photo).metadata()).exif?.length).toBeGreaterThan(100);
    const { bytes } = await makePlain(photo, photoVariant({ format }));
    const metadata = await sharp(bytes).metadata();
    expect(metadata).not.toHaveProperty('exif');
    expect(metadata).not.toHaveProperty('icc');
    expect(metadata).not.toHaveProperty('xmp');
    expect(metadata).not.toHaveProperty('iptc');
    expect(metadata.orientation ?? 1).toBe(1);
    expect(Buffer.from(bytes).includes('Fanfare')).toBe(false);
  });

  it('reads images and fonts of a campaign once', async () => {
    const assets = assetsOf(card);
    const busy = createPictureMaker({ assets });
    const photo = await cameraJpeg();
    await Promise.all([
      busy.make(photo, card.campaign, { name: 'A' }),
      busy.make(photo, card.campaign, { name: 'B' }),
    ]);
    await busy.make(photo, card.campaign, { name: 'C' });
    expect(assets.reads.length).toBeGreaterThan(5);
    expect(assets.reads.toSorted()).toEqual([...new Set(assets.reads)].toSorted());
  });

  it('asks again for a file that could not be had the first time', async () => {
    const { file } = assetsOf(card);
    let failures = 1;
    const flaky = createPictureMaker({
      assets: {
        file: async (...asked) => {
          if (failures-- > 0) {
            throw new Error('the store is away');
          }
          return file(...asked);
        },
      },
    });
    const photo = await cameraJpeg();
    await expect(flaky.make(photo, card.campaign, { name: 'A' })).rejects.toThrow('the store is away');
    expect(await flaky.make(photo, card.campaign, { name: 'A' })).toHaveLength(4);
  });

  it('draws what a person wrote, and nothing for an empty slot', async () => {
    const photo = await cameraJpeg();
    const cardOf = async (slots: Record<string, string>): Promise<Buffer> => {
      const pictures = await maker.make(photo, card.campaign, slots);
      const picture = pictures.find(({ variant }) => variant === 'card');
      return await sharp(picture?.bytes)
        .extract({ left: 320, top: 240, width: 260, height: 60 })
        .raw()
        .toBuffer();
    };
    const yellow = (data: Buffer): number => {
      let count = 0;
      for (let at = 0; at < data.length; at += 4) {
        count += (data[at] ?? 0) > 230 && (data[at + 2] ?? 255) < 100 ? 1 : 0;
      }
      return count;
    };
    expect(yellow(await cardOf({ name: 'A' }))).toBe(0);
    expect(yellow(await cardOf({ name: 'A', city: 'Vík' }))).toBeGreaterThan(200);
  });

  it('keeps the transparency of a variant without a background, except in JPEG', async () => {
    const photo = await cameraJpeg();
    const layers: Variant['layers'] = [
      {
        type: 'photo',
        box: { left: 0, top: 0, width: 160, height: 240 },
        shape: 'rectangle',
        focus: 'centre',
      },
    ];
    const right = [[0.9, 0.5]] as const;
    const png = await makePlain(photo, photoVariant({ background: '#33669900', layers }));
    expect((await pixelsOf(png.bytes, right))[0]?.[3]).toBe(0);
    const jpeg = await makePlain(photo, photoVariant({ background: '#33669900', layers, format: 'jpeg' }));
    expectNear((await pixelsOf(jpeg.bytes, right))[0], [0x33, 0x66, 0x99], 6);
  });

  it('cuts a photo to a circle with a smooth edge', async () => {
    const layers: Variant['layers'] = [
      { type: 'photo', box: { left: 40, top: 0, width: 240, height: 240 }, shape: 'circle', focus: 'centre' },
    ];
    const { bytes } = await makePlain(await cameraJpeg(), photoVariant({ layers }));
    const [corner, middle] = await pixelsOf(bytes, [
      [45 / 320, 0.02],
      [0.4, 0.3],
    ]);
    expect(corner).toEqual([255, 255, 255]);
    expectNear(middle, quarters.topLeft, 25);
  });

  it('cuts a photo with a mask', async () => {
    const pictures = await maker.make(await cameraJpeg(), card.campaign, { name: 'A' });
    const drop = pictures.find(({ variant }) => variant === 'drop');
    const [beside, inside] = await pixelsOf(drop?.bytes ?? new Uint8Array(), [
      [0.2, 0.25],
      [0.35, 0.6],
    ]);
    expectNear(beside, [255, 255, 255], 4);
    expect(beside).not.toEqual(inside);
    expect(Math.min(...(inside ?? [255]))).toBeLessThan(120);
  });

  it('keeps the given point in view', async () => {
    const wide = photoVariant({
      width: 100,
      height: 240,
      layers: [
        {
          type: 'photo',
          box: { left: 0, top: 0, width: 100, height: 240 },
          shape: 'rectangle',
          focus: { x: 0, y: 0.5 },
        },
      ],
    });
    const [topLeft, topRight] = await pixelsOf((await makePlain(await cameraJpeg(), wide)).bytes, corners);
    expectNear(topLeft, quarters.topLeft, 25);
    expectNear(topRight, quarters.topLeft, 25);
  });

  it('keeps what people look at in view', async () => {
    // A face's colours far to the right of a grey picture.
    const width = 900;
    const scene = await sharp({ create: { width, height: 300, channels: 3, background: '#777777' } })
      .composite([
        {
          input: { create: { width: 120, height: 150, channels: 3, background: '#e0a07a' } },
          left: 740,
          top: 80,
        },
        {
          input: { create: { width: 60, height: 20, channels: 3, background: '#a02020' } },
          left: 770,
          top: 180,
        },
      ])
      .jpeg()
      .toBuffer();
    const square = photoVariant({
      width: 150,
      height: 150,
      layers: [
        {
          type: 'photo',
          box: { left: 0, top: 0, width: 150, height: 150 },
          shape: 'rectangle',
          focus: 'attention',
        },
      ],
    });
    const { data } = await sharp((await makePlain(scene, square)).bytes)
      .raw()
      .toBuffer({ resolveWithObject: true });
    let skin = 0;
    for (let at = 0; at < data.length; at += 3) {
      skin += (data[at] ?? 0) > 190 && (data[at + 2] ?? 255) < 160 ? 1 : 0;
    }
    expect(skin).toBeGreaterThan(3000);
  });

  it('refuses for good a text that does not fit', async () => {
    const endless = { name: 'W'.repeat(2000) };
    await expect(maker.make(await cameraJpeg(), card.campaign, endless)).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'text-does-not-fit',
    });
  });
});
