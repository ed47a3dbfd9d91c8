import sharp from 'sharp';
import { expect } from 'vitest';
import {
  type CompiledCampaign,
  compiledCampaignSchema,
  type Variant,
} from '../../../../functions/contracts/campaign.ts';
import { createPictureMaker } from '../../../../functions/personalise/adapters/sharp-picture-maker.ts';
import type { RenderedPicture } from '../../../../functions/personalise/domain/ports.ts';
import { quarters } from '../../../fixtures/photos.ts';

/** A variant that is nothing but the photo, as a PNG: what was decoded can be read from it. */
export const photoVariant = (over: Partial<Variant> = {}): Variant => ({
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

/** A campaign of this variant only, which needs no files. */
export const plainCampaign = (variant: Variant = photoVariant()): CompiledCampaign =>
  compiledCampaignSchema.parse({
    id: 'plain',
    version: '0123456789abcdef',
    title: 'Plain',
    description: 'Nothing but the photo',
    opensAt: '2026-01-01T00:00:00Z',
    closesAt: '2036-01-01T00:00:00Z',
    limits: { minPixelsPerSide: 16 },
    slots: [],
    variants: [variant],
  });

const maker = createPictureMaker({
  assets: { file: (_id, _version, name) => Promise.reject(new Error(`No file ${name}`)) },
});

export async function makePlain(photo: Uint8Array, variant?: Variant): Promise<RenderedPicture> {
  const [picture] = await maker.make(photo, plainCampaign(variant), {});
  if (picture === undefined) {
    throw new Error('No picture was made');
  }
  return picture;
}

export type Pixel = readonly number[];

/** Pixels of a picture at fractions of its width and height. */
export async function pixelsOf(
  bytes: Uint8Array,
  points: readonly (readonly [number, number])[],
): Promise<Pixel[]> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return points.map(([x, y]) => {
    const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    return [...data.subarray(at, at + info.channels)];
  });
}

export const corners = [
  [0.2, 0.2],
  [0.8, 0.2],
  [0.2, 0.8],
  [0.8, 0.8],
] as const;

export function expectNear(found: Pixel | undefined, expected: Pixel, within = 12): void {
  expect(found?.length).toBeGreaterThanOrEqual(3);
  for (const [index, value] of expected.entries()) {
    expect(
      Math.abs((found?.[index] ?? -999) - value),
      `${found?.join()} is not near ${expected.join()}`,
    ).toBeLessThanOrEqual(within);
  }
}

/** That the quartered photo is drawn the right way round. */
export async function expectUpright(bytes: Uint8Array, within = 12): Promise<void> {
  const [topLeft, topRight, bottomLeft, bottomRight] = await pixelsOf(bytes, corners);
  expectNear(topLeft, quarters.topLeft, within);
  expectNear(topRight, quarters.topRight, within);
  expectNear(bottomLeft, quarters.bottomLeft, within);
  expectNear(bottomRight, quarters.bottomRight, within);
}
