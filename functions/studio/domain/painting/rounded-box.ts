import type { Mask } from '../../../kernel/drawing/outline.ts';

/** A rectangle with round corners and smooth edges. */
export function roundedBox(width: number, height: number, radius: number): Mask {
  const data = new Uint8Array(width * height).fill(255);
  const round = Math.min(radius, width / 2, height / 2);
  const reach = Math.ceil(round);
  for (let y = 0; y < reach; y += 1) {
    for (let x = 0; x < reach; x += 1) {
      const distance = Math.hypot(round - x - 0.5, round - y - 0.5);
      const inside = Math.round(255 * Math.min(1, Math.max(0, round - distance + 0.5)));
      data[y * width + x] = inside;
      data[y * width + width - 1 - x] = inside;
      data[(height - 1 - y) * width + x] = inside;
      data[(height - 1 - y) * width + width - 1 - x] = inside;
    }
  }
  return { data, width, height };
}
