import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CompiledCampaign, Variant } from '../../../../functions/contracts/campaign.ts';
import { createPictureMaker } from '../../../../functions/personalise/adapters/sharp-picture-maker.ts';
import type { PictureMaker, RenderedPicture } from '../../../../functions/personalise/domain/ports.ts';
import type { Compilation } from '../../../../tools/campaign/compile-campaign.ts';
import { assetsOf, testCard } from '../../../fixtures/compiled-campaign.ts';
import { cameraJpeg, quarteredPhoto, quarters } from '../../../fixtures/photos.ts';

let card: Compilation;
let maker: PictureMaker;
/** The whole photo, uncropped, as a PNG: what was decoded can be read from it. */
let plain: CompiledCampaign;

const photoVariant = (over: Partial<Variant> = {}): Variant => ({
  id: 'plain',
  label: 'Plain',
  width: 320,
  height: 240,
  format: 'png',
  quality: 90,
  background: '#ffffff',
  layers: [
    { type: 'photo', box: { left: 0, top: 0, width: 320, height: 240 }, shape: 'rectangle', focus: 'centre' },
  ],
  ...over,
});

beforeAll(async () => {
  card = await testCard();
  maker = createPictureMaker({ assets: assetsOf(card) });
  plain = { ...card.campaign, variants: [photoVariant()] };
});

const only = (pictures: readonly RenderedPicture[]): RenderedPicture => {
  const [picture] = pictures;
  if (picture === undefined) {
    throw new Error('No picture was made');
  }
  return picture;
};

const makePlain = async (photo: Uint8Array, variant: Variant = photoVariant()): Promise<RenderedPicture> =>
  only(await maker.make(photo, { ...plain, variants: [variant] }, {}));

type Pixel = readonly number[];

/** Pixels of a picture at fractions of its width and height. */
const pixelsOf = async (
  bytes: Uint8Array,
  points: readonly (readonly [number, number])[],
): Promise<Pixel[]> => {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return points.map(([x, y]) => {
    const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    return [...data.subarray(at, at + info.channels)];
  });
};

const corners = [
  [0.2, 0.2],
  [0.8, 0.2],
  [0.2, 0.8],
  [0.8, 0.8],
] as const;

const expectNear = (found: Pixel | undefined, expected: Pixel, within = 12): void => {
  expect(found?.length).toBeGreaterThanOrEqual(3);
  for (const [index, value] of expected.entries()) {
    expect(
      Math.abs((found?.[index] ?? -999) - value),
      `${found} is not near ${expected}`,
    ).toBeLessThanOrEqual(within);
  }
};

const expectUpright = async (bytes: Uint8Array, within = 12): Promise<void> => {
  const [topLeft, topRight, bottomLeft, bottomRight] = await pixelsOf(bytes, corners);
  expectNear(topLeft, quarters.topLeft, within);
  expectNear(topRight, quarters.topRight, within);
  expectNear(bottomLeft, quarters.bottomLeft, within);
  expectNear(bottomRight, quarters.bottomRight, within);
};

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
});

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
      await maker.make(photo, plain, {});
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

  it('is not blamed for a text that does not fit', async () => {
    const endless = { name: 'W'.repeat(2000) };
    await expect(maker.make(await cameraJpeg(), card.campaign, endless)).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'text-does-not-fit',
    });
  });
});
