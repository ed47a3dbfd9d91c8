import { centreOf, turnPoint, type Box, type Placed, type Point } from './box.ts';

export const handles = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const;
export type Handle = (typeof handles)[number];

interface Rules {
  /** Whether width and height stay in proportion; only corners can keep it. */
  readonly keepsAspect: boolean;
  /** The least width and height. */
  readonly least: number;
  /** Whether the middle stays where it is, and not the other side. */
  readonly fromMiddle?: boolean;
}

/**
 * The box after one of its handles was dragged; the opposite side stays where it is, also when the box is turned.
 *
 * @param by how far the pointer went, in pixels of the canvas
 */
export function resizeBox(
  { box, rotate }: Placed,
  handle: Handle,
  by: Point,
  { keepsAspect, least, fromMiddle = false }: Rules,
): Box {
  const across = handle.includes('e') ? 1 : handle.includes('w') ? -1 : 0;
  const down = handle.includes('s') ? 1 : handle.includes('n') ? -1 : 0;
  const own = turnPoint(by, { x: 0, y: 0 }, -rotate);
  const times = fromMiddle ? 2 : 1;
  let width = Math.max(least, box.width + own.x * across * times);
  let height = Math.max(least, box.height + own.y * down * times);
  if (keepsAspect && across !== 0 && down !== 0) {
    // Along the diagonal: the pointer is followed in both directions alike.
    const { width: w, height: h } = box;
    const along = (own.x * across * times * w + own.y * down * times * h) / (w * w + h * h);
    const factor = Math.max(1 + along, least / Math.min(w, h));
    width = w * factor;
    height = h * factor;
  }
  if (fromMiddle) {
    const middle = centreOf(box);
    return { left: middle.x - width / 2, top: middle.y - height / 2, width, height };
  }
  const grown = { x: ((width - box.width) * across) / 2, y: ((height - box.height) * down) / 2 };
  const shift = turnPoint(grown, { x: 0, y: 0 }, rotate);
  const before = centreOf(box);
  return {
    left: before.x + shift.x - width / 2,
    top: before.y + shift.y - height / 2,
    width,
    height,
  };
}

/** Degrees from straight up, clockwise, at which `point` is seen from `from`. */
export const bearing = (from: Point, point: Point): number =>
  (Math.atan2(point.x - from.x, from.y - point.y) * 180) / Math.PI;

/** Between −180 and 180, in whole degrees. */
export function tidyDegrees(degrees: number): number {
  const within = ((((Math.round(degrees) + 180) % 360) + 360) % 360) - 180;
  return within === -180 ? 180 : within + 0;
}

/** How near to upright or lying it must be to become just that. */
const snapDegrees = 4;

/** @param step with which turns are multiples of it; otherwise only quarters attract */
export function snapDegreesTo(degrees: number, step?: number): number {
  if (step !== undefined) {
    return tidyDegrees(Math.round(degrees / step) * step);
  }
  const quarter = Math.round(degrees / 90) * 90;
  return tidyDegrees(Math.abs(degrees - quarter) <= snapDegrees ? quarter : degrees);
}
