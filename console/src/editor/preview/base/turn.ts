import type { PixelSize } from '../../../../../functions/studio/domain/plan.ts';

/** A turn about the origin as libvips makes it: on a canvas that just holds the result. */
export interface Turn extends PixelSize {
  readonly cos: number;
  readonly sin: number;
  /** Where the origin of what is turned lies on that canvas. */
  readonly x: number;
  readonly y: number;
}

/** @param degrees clockwise */
export function turnOf({ width, height }: PixelSize, degrees: number): Turn {
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const xs = [0, cos * width, -sin * height, cos * width - sin * height];
  const ys = [0, sin * width, cos * height, sin * width + cos * height];
  const [left, top] = [Math.floor(Math.min(...xs) + tiny), Math.floor(Math.min(...ys) + tiny)];
  return {
    cos,
    sin,
    width: Math.ceil(Math.max(...xs) - tiny) - left,
    height: Math.ceil(Math.max(...ys) - tiny) - top,
    // Positions are those of the middles of pixels.
    x: 0.5 - 0.5 * cos + 0.5 * sin - left,
    y: 0.5 - 0.5 * sin - 0.5 * cos - top,
  };
}

/** What rounding in sines and cosines may leave. */
const tiny = 1e-9;
