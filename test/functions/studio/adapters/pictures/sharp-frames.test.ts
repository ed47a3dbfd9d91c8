import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { toRgba } from '../../../../../functions/kernel/drawing/channels.ts';
import { decodeStill, openPictureFrames } from '../../../../../functions/studio/adapters/sharp-frames.ts';
import { probePicture } from '../../../../../functions/studio/adapters/sharp-probe.ts';
import { decodePlanOf } from '../../../../../functions/studio/domain/painting/decode-plan.ts';
import type { PlannedStep } from '../../../../../functions/studio/domain/plan.ts';
import { cameraJpeg, quarters } from '../../../../fixtures/photos.ts';
import { animationOf, decodeFrames, paint, photo, pixelAt, psnr } from './test-pictures.ts';

async function read(
  bytes: Uint8Array,
  indices: readonly number[],
): Promise<{ index: number; pixels: Uint8Array }[]> {
  const reader = openPictureFrames(bytes, await probePicture(bytes));
  const { width, height, channels } = reader;
  const frames: { index: number; pixels: Uint8Array }[] = [];
  for await (const { index, pixels } of reader.frames(indices)) {
    frames.push({ index, pixels: toRgba({ data: pixels, width, height, channels }).data });
  }
  await reader.close();
  return frames;
}

/** Every frame in a colour that says which it is. */
const numbered = (count: number, side: number): Uint8Array[] =>
  Array.from({ length: count }, (_, at) => paint(side, side, () => [at * 8, 255 - at * 8, 40]));

describe('frames of an animation', () => {
  it.each(['gif', 'webp'] as const)('are those that a %s shows', async (format) => {
    const drawn = Array.from({ length: 6 }, (_, at) => photo(40, 30, at * 3));
    const bytes = await animationOf(
      drawn,
      40,
      drawn.map(() => 50),
      format,
    );
    const shown = await decodeFrames(bytes);
    const frames = await read(bytes, [0, 1, 2, 3, 4, 5]);
    expect(frames.map(({ pixels }) => new Uint8Array(pixels))).toEqual(shown.frames);
  });

  it('come in whichever order they are asked for, and again', async () => {
    const bytes = await animationOf(
      numbered(30, 16),
      16,
      numbered(30, 16).map(() => 50),
      'webp',
    );
    const order = [29, 3, 3, 4, 28, 0, 15];
    const frames = await read(bytes, order);
    expect(frames.map(({ index }) => index)).toEqual(order);
    expect(frames.map(({ pixels }) => Math.round((pixels[0] ?? 0) / 8))).toEqual(order);
  });

  it('come one by one when many do not fit in memory at once', async () => {
    // 13 frames of 7 MB each are read in three groups.
    const side = 1340;
    const count = 13;
    const bytes = await animationOf(
      numbered(count, side),
      side,
      Array.from({ length: count }, () => 50),
      'webp',
    );
    const reader = openPictureFrames(bytes, await probePicture(bytes));
    const seen: number[] = [];
    for await (const { index, pixels } of reader.frames(Array.from({ length: count }, (_, at) => at))) {
      expect(pixels.byteLength).toBe(side * side * 4);
      expect(pixels.buffer.byteLength).toBeLessThanOrEqual(48 * 1024 ** 2);
      expect(Math.round((pixels[0] ?? 0) / 8)).toBe(index);
      seen.push(index);
    }
    expect(seen).toHaveLength(count);
  });

  it('are refused when the file ends in the middle, and the next file is read as ever', async () => {
    const drawn = Array.from({ length: 8 }, (_, at) => photo(60, 60, at * 3));
    const bytes = await animationOf(
      drawn,
      60,
      drawn.map(() => 50),
      'gif',
    );
    const probed = await probePicture(bytes);
    const reader = openPictureFrames(bytes.slice(0, bytes.length / 2), probed);
    const reading = (async () => {
      for await (const { index } of reader.frames([0, 7])) {
        expect(index).toBeLessThan(8);
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'damaged-source' });
    expect(await read(bytes, [7])).toHaveLength(1);
  });
});

describe('a still', () => {
  it('is read as often as asked, upright and without its metadata', async () => {
    const frames = await read(await cameraJpeg(6, 64, 48), [0, 0]);
    expect(frames).toHaveLength(2);
    const shown = { data: frames[1]?.pixels ?? new Uint8Array(), width: 64, channels: 4 as const };
    for (const [index, value] of quarters.topLeft.entries()) {
      expect(Math.abs((pixelAt(shown, 8, 8)[index] ?? 0) - value)).toBeLessThan(14);
    }
  });

  it('has three channels unless something of it is seen through', async () => {
    const png = await sharp(photo(9, 9), { raw: { width: 9, height: 9, channels: 4 } })
      .png()
      .toBuffer();
    expect((await decodeStill(await sharp(png).removeAlpha().png().toBuffer())).channels).toBe(3);
    expect((await decodeStill(await sharp(png).greyscale().removeAlpha().png().toBuffer())).channels).toBe(3);
    expect((await decodeStill(png)).channels).toBe(4);
  });

  it.each([
    ['smaller', [{ op: 'resize', width: 100, height: 75 }]],
    [
      'cut and made smaller',
      [
        { op: 'crop', left: 101, top: 33, width: 200, height: 200 },
        { op: 'resize', width: 50, height: 50 },
      ],
    ],
  ] satisfies [string, PlannedStep[]][])('is decoded %s when its plan begins so', async (_name, geometry) => {
    const whole = { data: photo(400, 300), width: 400, height: 300 };
    const jpeg = await sharp(whole.data, { raw: { width: 400, height: 300, channels: 4 } })
      .jpeg({ quality: 95 })
      .toBuffer();
    const plan = decodePlanOf({ geometry, probed: await probePicture(jpeg) });
    expect(plan?.steps).toBe(geometry.length);
    const decoded = await decodeStill(jpeg, plan);
    const crop = geometry.find((step) => step.op === 'crop');
    const after = sharp(whole.data, { raw: { width: 400, height: 300, channels: 4 } });
    const last = geometry.at(-1);
    const expected = await (crop === undefined ? after : after.extract(crop))
      .resize(last?.width ?? 1, last?.height ?? 1, { fit: 'fill' })
      .raw()
      .toBuffer();
    expect(decoded).toMatchObject({ width: last?.width, height: last?.height });
    const rgba = await sharp(decoded.data, {
      raw: { width: decoded.width, height: decoded.height, channels: decoded.channels },
    })
      .ensureAlpha()
      .raw()
      .toBuffer();
    expect(psnr(rgba, expected)).toBeGreaterThan(32);
  });

  it('is decoded as it is when its plan begins with anything else', async () => {
    const probed = { ...(await probePicture(await cameraJpeg(1, 64, 48))) };
    const plans: PlannedStep[][] = [
      [],
      [
        { op: 'flip', axis: 'vertical', width: 64, height: 48 },
        { op: 'resize', width: 32, height: 24 },
      ],
      [{ op: 'resize', width: 128, height: 96 }],
      [{ op: 'crop', left: 0, top: 0, width: 9, height: 9 }],
    ];
    expect(plans.map((geometry) => decodePlanOf({ geometry, probed }))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
