import type { RecipeBox } from '../../contracts/recipe.ts';
import type { PixelSize, PlannedStep } from './plan.ts';

/** x' = a·x + c·y + e, y' = b·x + d·y + f. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export const identity: Affine = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

/** Where a step takes a point of what comes into it; undefined where only the picture itself decides. */
export function affineOf(step: PlannedStep, before: PixelSize): Affine | undefined {
  switch (step.op) {
    case 'crop':
      return { ...identity, e: -step.left, f: -step.top };
    case 'crop-to-attention':
      return undefined;
    case 'resize':
      return { ...identity, a: step.width / before.width, d: step.height / before.height };
    case 'turn':
      return aboutMiddle(step.degrees, before, step);
    case 'rotate':
      return aboutMiddle(step.degrees, before, step);
    case 'flip':
      return step.axis === 'horizontal'
        ? { ...identity, a: -1, e: before.width }
        : { ...identity, d: -1, f: before.height };
    case 'pad':
      return { ...identity, e: step.left, f: step.top };
  }
}

/** First `first`, then `second`. */
export const followedBy = (first: Affine, second: Affine): Affine => ({
  a: second.a * first.a + second.c * first.b,
  b: second.b * first.a + second.d * first.b,
  c: second.a * first.c + second.c * first.d,
  d: second.b * first.c + second.d * first.d,
  e: second.a * first.e + second.c * first.f + second.e,
  f: second.b * first.e + second.d * first.f + second.f,
});

/** The upright box around a box of fractions of `before`, in fractions of `after`. */
export function moveBox(box: RecipeBox, by: Affine, before: PixelSize, after: PixelSize): RecipeBox {
  const corners = [
    [box.left, box.top],
    [box.left + box.width, box.top],
    [box.left, box.top + box.height],
    [box.left + box.width, box.top + box.height],
  ].map(([x = 0, y = 0]) => {
    const px = x * before.width;
    const py = y * before.height;
    return {
      x: (by.a * px + by.c * py + by.e) / after.width,
      y: (by.b * px + by.d * py + by.f) / after.height,
    };
  });
  const left = Math.min(...corners.map(({ x }) => x));
  const top = Math.min(...corners.map(({ y }) => y));
  return {
    left,
    top,
    width: Math.max(...corners.map(({ x }) => x)) - left,
    height: Math.max(...corners.map(({ y }) => y)) - top,
  };
}

function aboutMiddle(degrees: number, before: PixelSize, after: PixelSize): Affine {
  const radians = (degrees * Math.PI) / 180;
  const cos = Math.cos(radians);
  const sin = Math.sin(radians);
  const x = before.width / 2;
  const y = before.height / 2;
  return {
    a: cos,
    b: sin,
    c: -sin,
    d: cos,
    e: after.width / 2 - cos * x + sin * y,
    f: after.height / 2 - sin * x - cos * y,
  };
}
