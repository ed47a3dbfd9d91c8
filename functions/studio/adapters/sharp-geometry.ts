import sharp from 'sharp';
import type { Picture } from '../../kernel/drawing/canvas.ts';
import { parseColour } from '../../kernel/drawing/colour.ts';
import { cropToCover, type FocalPoint } from '../../kernel/drawing/crop.ts';
import { cropPicture } from '../domain/painting/crop-picture.ts';
import { findAttention } from '../domain/painting/find-attention.ts';
import { padPicture } from '../domain/painting/pad-picture.ts';
import { flipPicture, turnPicture } from '../domain/painting/turn-picture.ts';
import type { PixelSize, PlannedStep } from '../domain/plan.ts';
import { rotatePicture } from './sharp-rotate.ts';

/** Geometry steps for the frames of one source: where the attention lies is seen in the first one that is given, and kept. Others may be given meanwhile. */
export function createGeometry(steps: readonly PlannedStep[]): (frame: Picture) => Promise<Picture> {
  const attention = new Map<PlannedStep, FocalPoint>();
  return async (frame) => {
    let picture = frame;
    for (const step of steps) {
      if (step.op === 'crop-to-attention') {
        const focus = attention.get(step) ?? findAttention(picture);
        attention.set(step, focus);
        const { left, top } = cropToCover(picture, step, focus);
        picture = cropPicture(picture, { left, top, width: step.width, height: step.height });
      } else {
        picture = await takeStep(picture, step);
      }
    }
    return picture;
  };
}

async function takeStep(
  picture: Picture,
  step: Exclude<PlannedStep, { readonly op: 'crop-to-attention' }>,
): Promise<Picture> {
  switch (step.op) {
    case 'crop':
      return cropPicture(picture, step);
    case 'resize':
      return await resizePicture(picture, step);
    case 'turn':
      return turnPicture(picture, step.degrees);
    case 'rotate':
      return await rotatePicture(picture, step.degrees, step, parseColour(step.background));
    case 'flip':
      return flipPicture(picture, step.axis);
    case 'pad':
      return padPicture(picture, step, step, parseColour(step.colour));
  }
}

/** Stretched to exactly this size. */
export async function resizePicture(picture: Picture, { width, height }: PixelSize): Promise<Picture> {
  if (picture.width === width && picture.height === height) {
    return picture;
  }
  const { data: from, ...raw } = picture;
  const { data, info } = await sharp(from, { raw })
    .resize(width, height, { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3 && info.channels !== 4) {
    throw new Error(`A picture was resized to ${info.channels} channels`);
  }
  return { data, width, height, channels: info.channels };
}
