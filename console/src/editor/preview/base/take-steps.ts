import { cropToCover, type FocalPoint } from '../../../../../functions/kernel/drawing/crop.ts';
import { findAttention } from '../../../../../functions/studio/domain/painting/find-attention.ts';
import type { PixelBox, PixelSize, PlannedStep } from '../../../../../functions/studio/domain/plan.ts';
import { createSurface, type Drawable, sizeOf, toPicture } from '../surface.ts';
import { turnOf } from './turn.ts';

/** Geometry steps for the frames of one source: where the attention lies is seen in the first one and kept. */
export function createGeometry(steps: readonly PlannedStep[]): (frame: Drawable) => OffscreenCanvas {
  const attention = new Map<PlannedStep, FocalPoint>();
  return (frame) => {
    let drawn: Drawable = frame;
    for (const step of steps) {
      if (step.op === 'crop-to-attention') {
        const focus = attention.get(step) ?? findAttention(toPicture(readable(drawn)));
        attention.set(step, focus);
        const { left, top } = cropToCover(sizeOf(drawn), step, focus);
        drawn = crop(drawn, { left, top, width: step.width, height: step.height });
      } else {
        drawn = takeStep(drawn, step);
      }
    }
    return drawn instanceof OffscreenCanvas ? drawn : resize(drawn, sizeOf(drawn));
  };
}

function takeStep(
  picture: Drawable,
  step: Exclude<PlannedStep, { readonly op: 'crop-to-attention' }>,
): OffscreenCanvas {
  switch (step.op) {
    case 'crop':
      return crop(picture, step);
    case 'resize':
      return resize(picture, step);
    case 'turn':
      return turnQuarters(picture, step.degrees, step);
    case 'rotate':
      return rotate(picture, step);
    case 'flip':
      return flip(picture, step.axis);
    case 'pad': {
      const { surface, context } = createSurface(step.width, step.height);
      const { width, height } = sizeOf(picture);
      context.fillStyle = step.colour;
      context.fillRect(0, 0, step.width, step.height);
      // Around the picture, not under it.
      context.clearRect(step.left, step.top, width, height);
      context.drawImage(picture, step.left, step.top, width, height);
      return surface;
    }
  }
}

function crop(picture: Drawable, { left, top, width, height }: PixelBox): OffscreenCanvas {
  const { surface, context } = createSurface(width, height);
  context.drawImage(picture, left, top, width, height, 0, 0, width, height);
  return surface;
}

/** A copy whose pixels are at hand. */
function readable(picture: Drawable): OffscreenCanvas {
  const { width, height } = sizeOf(picture);
  const { surface, context } = createSurface(width, height, true);
  context.drawImage(picture, 0, 0, width, height);
  return surface;
}

/** Stretched to exactly this size. */
export function resize(picture: Drawable, { width, height }: PixelSize): OffscreenCanvas {
  const { surface, context } = createSurface(width, height);
  context.drawImage(picture, 0, 0, width, height);
  return surface;
}

function turnQuarters(picture: Drawable, degrees: 90 | 180 | 270, to: PixelSize): OffscreenCanvas {
  const { surface, context } = createSurface(to.width, to.height);
  const { width, height } = sizeOf(picture);
  const matrix = {
    90: new DOMMatrix([0, 1, -1, 0, height, 0]),
    180: new DOMMatrix([-1, 0, 0, -1, width, height]),
    270: new DOMMatrix([0, -1, 1, 0, 0, width]),
  }[degrees];
  context.setTransform(matrix);
  context.drawImage(picture, 0, 0, width, height);
  return surface;
}

function flip(picture: Drawable, axis: 'horizontal' | 'vertical'): OffscreenCanvas {
  const { width, height } = sizeOf(picture);
  const { surface, context } = createSurface(width, height);
  if (axis === 'horizontal') {
    context.setTransform(-1, 0, 0, 1, width, 0);
  } else {
    context.setTransform(1, 0, 0, -1, 0, height);
  }
  context.drawImage(picture, 0, 0, width, height);
  return surface;
}

function rotate(
  picture: Drawable,
  { width, height, degrees, background }: Extract<PlannedStep, { readonly op: 'rotate' }>,
): OffscreenCanvas {
  const { surface, context } = createSurface(width, height);
  context.fillStyle = background;
  context.fillRect(0, 0, width, height);
  const turn = turnOf(sizeOf(picture), degrees);
  const left = Math.floor((width - turn.width) / 2);
  const top = Math.floor((height - turn.height) / 2);
  context.setTransform(turn.cos, turn.sin, -turn.sin, turn.cos, left + turn.x, top + turn.y);
  context.drawImage(picture, 0, 0, sizeOf(picture).width, sizeOf(picture).height);
  return surface;
}
