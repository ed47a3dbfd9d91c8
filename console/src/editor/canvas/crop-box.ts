import type { Box, Point, Size } from './box.ts';
import type { Handle } from './resize-box.ts';

export type CropGrip = Handle | 'move';

/** Of the shorter side: a smaller rest is a slip of the hand. */
const leastPart = 0.05;

/**
 * What is kept after its frame was dragged, on the picture always.
 *
 * @param aspect width to height that is kept; undefined for any
 */
export function cropAfter(
  before: Box,
  grip: CropGrip,
  by: Point,
  size: Size,
  aspect: number | undefined,
): Box {
  if (grip === 'move') {
    return {
      ...before,
      left: clamp(before.left + by.x, 0, size.width - before.width),
      top: clamp(before.top + by.y, 0, size.height - before.height),
    };
  }
  const least = Math.min(Math.min(size.width, size.height) * leastPart, before.width, before.height);
  const right = before.left + before.width;
  const bottom = before.top + before.height;
  const left = grip.includes('w') ? clamp(before.left + by.x, 0, right - least) : before.left;
  const top = grip.includes('n') ? clamp(before.top + by.y, 0, bottom - least) : before.top;
  const to = {
    x: grip.includes('e') ? clamp(right + by.x, before.left + least, size.width) : right,
    y: grip.includes('s') ? clamp(bottom + by.y, before.top + least, size.height) : bottom,
  };
  const free = { left, top, width: to.x - left, height: to.y - top };
  return aspect === undefined ? free : ofAspect(before, free, grip, size, aspect);
}

/** In proportion, held at the opposite corner, or at the middle of the opposite side. */
function ofAspect(before: Box, free: Box, grip: Handle, size: Size, aspect: number): Box {
  const isAcross = grip === 'e' || grip === 'w';
  const isDown = grip === 'n' || grip === 's';
  const middle = { x: before.left + before.width / 2, y: before.top + before.height / 2 };
  const held = {
    x: grip.includes('w') ? before.left + before.width : before.left,
    y: grip.includes('n') ? before.top + before.height : before.top,
  };
  const most = {
    width: isDown
      ? 2 * Math.min(middle.x, size.width - middle.x)
      : grip.includes('w')
        ? held.x
        : size.width - held.x,
    height: isAcross
      ? 2 * Math.min(middle.y, size.height - middle.y)
      : grip.includes('n')
        ? held.y
        : size.height - held.y,
  };
  const wanted = isAcross
    ? free.width
    : isDown
      ? free.height * aspect
      : (free.width + free.height * aspect) / 2;
  const width = Math.min(wanted, most.width, most.height * aspect);
  const height = width / aspect;
  return {
    left: isDown ? middle.x - width / 2 : grip.includes('w') ? held.x - width : held.x,
    top: isAcross ? middle.y - height / 2 : grip.includes('n') ? held.y - height : held.y,
    width,
    height,
  };
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
