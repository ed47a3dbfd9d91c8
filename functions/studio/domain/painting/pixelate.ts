import type { Picture } from '../../../kernel/drawing/canvas.ts';
import type { PixelBox } from '../plan.ts';

/** The same picture with squares of `size` pixels in a box, each in the mean of its colours. The box may reach over the edges. */
export function pixelate(picture: Picture, box: PixelBox, size: number): Picture {
  const { width, height, channels } = picture;
  const data = new Uint8Array(picture.data);
  const right = Math.min(width, box.left + box.width);
  const bottom = Math.min(height, box.top + box.height);
  for (let top = box.top; top < bottom; top += size) {
    for (let left = box.left; left < right; left += size) {
      const square = {
        left: Math.max(0, left),
        top: Math.max(0, top),
        right: Math.min(right, left + size),
        bottom: Math.min(bottom, top + size),
      };
      fill({ data, width, height, channels }, square, meanOf(picture, square));
    }
  }
  return { data, width, height, channels };
}

interface Square {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function meanOf({ data, width, channels }: Picture, { left, top, right, bottom }: Square): number[] {
  const sums = [0, 0, 0, 0];
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = (y * width + x) * channels;
      const alpha = channels === 4 ? (data[at + 3] ?? 0) : 255;
      sums[0] = (sums[0] ?? 0) + (data[at] ?? 0) * alpha;
      sums[1] = (sums[1] ?? 0) + (data[at + 1] ?? 0) * alpha;
      sums[2] = (sums[2] ?? 0) + (data[at + 2] ?? 0) * alpha;
      sums[3] = (sums[3] ?? 0) + alpha;
    }
  }
  const alphas = sums[3] ?? 0;
  const count = (right - left) * (bottom - top);
  const mean = alphas === 0 ? [0, 0, 0] : sums.slice(0, 3).map((sum) => Math.round(sum / alphas));
  return channels === 4 ? [...mean, count > 0 ? Math.round(alphas / count) : 0] : mean;
}

function fill(
  { data, width, channels }: Picture,
  { left, top, right, bottom }: Square,
  pixel: number[],
): void {
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      data.set(pixel, (y * width + x) * channels);
    }
  }
}
