import type { Mask } from './outline.ts';

/** The largest ellipse in a box (a circle in a square), with a smooth edge. */
export function circleMask(width: number, height: number): Mask {
  const data = new Uint8Array(width * height);
  const [radiusX, radiusY] = [width / 2, height / 2];
  for (let y = 0; y < height; y += 1) {
    const dy = (y + 0.5 - radiusY) / radiusY;
    for (let x = 0; x < width; x += 1) {
      const dx = (x + 0.5 - radiusX) / radiusX;
      const radius = Math.hypot(dx, dy);
      // The distance to the edge: how far over it, divided by how steeply that changes here.
      const steepness = radius === 0 ? 1 : Math.hypot(dx / radiusX, dy / radiusY) / radius;
      const inside = (1 - radius) / steepness + 0.5;
      data[y * width + x] = inside >= 1 ? 255 : inside <= 0 ? 0 : Math.round(inside * 255);
    }
  }
  return { data, width, height };
}
