import type { Picture } from '../../../kernel/drawing/canvas.ts';
import type { PixelSize } from '../plan.ts';

/** From here on, in halves of the diagonal, it becomes darker. */
const bright = 0.35;
const unit = 2 ** 15;

/** How much is left of the light of each pixel, of 32 768. */
export function vignetteOf({ width, height }: PixelSize, amount: number): Uint16Array {
  const light = new Uint16Array(width * height);
  const half = Math.hypot(width, height) / 2;
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      const radius = Math.hypot(x + 0.5 - width / 2, y + 0.5 - height / 2) / half;
      const share = Math.min(1, Math.max(0, (radius - bright) / (1 - bright)));
      light[at] = Math.round(unit * (1 - amount * share * share * (3 - 2 * share)));
    }
  }
  return light;
}

/** The picture, darker towards its corners. */
export function darken(picture: Picture, light: Uint16Array): Picture {
  const { data: from, width, height, channels } = picture;
  const data = new Uint8Array(from.length);
  for (let at = 0, pixel = 0; at < from.length; at += channels, pixel += 1) {
    const left = light[pixel] ?? 0;
    data[at] = ((from[at] ?? 0) * left + unit / 2) >> 15;
    data[at + 1] = ((from[at + 1] ?? 0) * left + unit / 2) >> 15;
    data[at + 2] = ((from[at + 2] ?? 0) * left + unit / 2) >> 15;
    if (channels === 4) {
      data[at + 3] = from[at + 3] ?? 0;
    }
  }
  return { data, width, height, channels };
}
