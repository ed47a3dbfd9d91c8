import { centreOf, boxAround, turnPoint, type Placed, type Point } from './box.ts';

/** What two fingers do: they carry the points under them along. */
export interface Pinch {
  readonly factor: number;
  /** Degrees clockwise. */
  readonly degrees: number;
  readonly from: Point;
  readonly to: Point;
}

export function pinchOf(before: readonly [Point, Point], now: readonly [Point, Point]): Pinch {
  const [a, b] = before;
  const [c, d] = now;
  const apart = Math.hypot(b.x - a.x, b.y - a.y);
  const degrees = ((Math.atan2(d.y - c.y, d.x - c.x) - Math.atan2(b.y - a.y, b.x - a.x)) * 180) / Math.PI;
  return {
    factor: apart === 0 ? 1 : Math.hypot(d.x - c.x, d.y - c.y) / apart,
    degrees: degrees > 180 ? degrees - 360 : degrees <= -180 ? degrees + 360 : degrees,
    from: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 },
    to: { x: (c.x + d.x) / 2, y: (c.y + d.y) / 2 },
  };
}

/** @param least the least side afterwards, in pixels of the canvas */
export function pinched(
  { box, rotate }: Placed,
  { factor, degrees, from, to }: Pinch,
  least: number,
): Placed {
  const scale = Math.max(factor, least / Math.min(box.width, box.height));
  const middle = turnPoint(centreOf(box), from, degrees);
  const carried = {
    x: to.x + (middle.x - from.x) * scale,
    y: to.y + (middle.y - from.y) * scale,
  };
  return {
    box: boxAround(carried, { width: box.width * scale, height: box.height * scale }),
    rotate: rotate + degrees,
  };
}
