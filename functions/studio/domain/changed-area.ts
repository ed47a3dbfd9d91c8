import type { PixelBox } from './plan.ts';

/** The smallest rectangle around the pixels in which two pictures (RGBA) of one size differ; undefined when they are the same. */
export function changedArea(one: Uint8Array, other: Uint8Array, width: number): PixelBox | undefined {
  const [before, after] = [wordsOf(one), wordsOf(other)];
  const height = before.length / width;
  let top = 0;
  while (top < height && isSameRow(before, after, top * width, width)) {
    top += 1;
  }
  if (top === height) {
    return undefined;
  }
  let bottom = height - 1;
  while (isSameRow(before, after, bottom * width, width)) {
    bottom -= 1;
  }
  let [left, right] = [width, -1];
  for (let y = top; y <= bottom; y += 1) {
    const row = y * width;
    for (let x = 0; x < left; x += 1) {
      if (before[row + x] !== after[row + x]) {
        left = x;
      }
    }
    for (let x = width - 1; x > right; x -= 1) {
      if (before[row + x] !== after[row + x]) {
        right = x;
      }
    }
  }
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

function isSameRow(one: Uint32Array, other: Uint32Array, from: number, width: number): boolean {
  for (let at = from; at < from + width; at += 1) {
    if (one[at] !== other[at]) {
      return false;
    }
  }
  return true;
}

/** Pixel by pixel. */
function wordsOf(pixels: Uint8Array): Uint32Array {
  const { buffer, byteOffset, length } = pixels.byteOffset % 4 === 0 ? pixels : new Uint8Array(pixels);
  return new Uint32Array(buffer, byteOffset, length / 4);
}
