import type { RecipeBox } from '../../../../functions/contracts/recipe.ts';
import { roundedFraction } from '../state/fractions.ts';

/** Pixels of the canvas, not rounded. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A box, turned clockwise about its middle. */
export interface Placed {
  readonly box: Box;
  /** Degrees. */
  readonly rotate: number;
}

export const centreOf = ({ left, top, width, height }: Box): Point => ({
  x: left + width / 2,
  y: top + height / 2,
});

export const moveBox = (box: Box, dx: number, dy: number): Box => ({
  ...box,
  left: box.left + dx,
  top: box.top + dy,
});

export const boxAround = ({ x, y }: Point, { width, height }: Size): Box => ({
  left: x - width / 2,
  top: y - height / 2,
  width,
  height,
});

/** The point after a turn about another, clockwise in degrees. */
export function turnPoint(point: Point, about: Point, degrees: number): Point {
  const radians = (degrees * Math.PI) / 180;
  const cos = Math.cos(radians);
  const sin = Math.sin(radians);
  const x = point.x - about.x;
  const y = point.y - about.y;
  return { x: about.x + x * cos - y * sin, y: about.y + x * sin + y * cos };
}

/** The upright box that holds all of a turned one. */
export function boundsOf({ box, rotate }: Placed): Box {
  const radians = (rotate * Math.PI) / 180;
  const cos = Math.abs(Math.cos(radians));
  const sin = Math.abs(Math.sin(radians));
  return boxAround(centreOf(box), {
    width: box.width * cos + box.height * sin,
    height: box.width * sin + box.height * cos,
  });
}

/** @param reach how far beside it still counts */
export function isInside(point: Point, { box, rotate }: Placed, reach = 0): boolean {
  const { x, y } = turnPoint(point, centreOf(box), -rotate);
  return (
    x >= box.left - reach &&
    x <= box.left + box.width + reach &&
    y >= box.top - reach &&
    y <= box.top + box.height + reach
  );
}

export const toFractions = (box: Box, canvas: Size): RecipeBox => ({
  left: roundedFraction(box.left / canvas.width),
  top: roundedFraction(box.top / canvas.height),
  width: Math.max(0.0001, roundedFraction(box.width / canvas.width)),
  height: Math.max(0.0001, roundedFraction(box.height / canvas.height)),
});

export const toPixels = (box: RecipeBox, canvas: Size): Box => ({
  left: box.left * canvas.width,
  top: box.top * canvas.height,
  width: box.width * canvas.width,
  height: box.height * canvas.height,
});
