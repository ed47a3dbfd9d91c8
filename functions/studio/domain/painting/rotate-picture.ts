import type { Picture } from '../../../kernel/drawing/canvas.ts';
import type { Colour } from '../../../kernel/drawing/colour.ts';
import type { PixelSize } from '../plan.ts';

/** Four neighbours in each direction, with Catmull and Rom's weights: keeps edges sharper than the mean of two. */
const taps = 4;
const phases = 64;
const weights = catmullRom();

/**
 * The picture turned clockwise about its middle, in the middle of a canvas of `size` of the background's colour. Edges are smooth. Three channels when
 * neither the picture nor the background can be seen through.
 */
export function rotatePicture(
  picture: Picture,
  degrees: number,
  size: PixelSize,
  background: Colour,
): Picture {
  const { width, height } = size;
  const isOpaque = picture.channels === 3 && background.alpha === 255;
  const channels = isOpaque ? 3 : 4;
  const data = new Uint8ClampedArray(width * height * channels);
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const sample = new Float64Array(4);
  for (let y = 0, to = 0; y < height; y += 1) {
    const dy = y + 0.5 - height / 2;
    for (let x = 0; x < width; x += 1, to += channels) {
      const dx = x + 0.5 - width / 2;
      const fromX = cos * dx + sin * dy + picture.width / 2;
      const fromY = cos * dy - sin * dx + picture.height / 2;
      const inside = coverage(fromX, picture.width) * coverage(fromY, picture.height);
      if (inside > 0) {
        sampleAt(picture, fromX - 0.5, fromY - 0.5, sample);
      }
      // Premultiplied by alpha, in fractions.
      const own = inside > 0 ? inside * ((sample[3] ?? 0) / 255) : 0;
      const rest = ((1 - own) * background.alpha) / 255;
      const alpha = own + rest;
      if (alpha > 0) {
        const factor = inside / 255 / alpha;
        data[to] = (sample[0] ?? 0) * (inside > 0 ? factor : 0) + (background.red * rest) / alpha;
        data[to + 1] = (sample[1] ?? 0) * (inside > 0 ? factor : 0) + (background.green * rest) / alpha;
        data[to + 2] = (sample[2] ?? 0) * (inside > 0 ? factor : 0) + (background.blue * rest) / alpha;
        if (!isOpaque) {
          data[to + 3] = alpha * 255;
        }
      }
    }
  }
  return { data: new Uint8Array(data.buffer), width, height, channels };
}

/** How much of a pixel around `at` lies between 0 and `length`. */
function coverage(at: number, length: number): number {
  return Math.min(1, Math.max(0, Math.min(at + 0.5, length - at + 0.5)));
}

/** Red, green and blue, multiplied by alpha, and alpha, 0 to 255, between the pixels; at the edges the outermost pixels go on. Divided by nothing. */
function sampleAt(
  { data, width, height, channels }: Picture,
  x: number,
  y: number,
  sample: Float64Array,
): void {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const acrossAt = Math.floor((x - left) * phases) * taps;
  const downAt = Math.floor((y - top) * phases) * taps;
  let [red, green, blue, alpha] = [0, 0, 0, 0];
  for (let row = 0; row < taps; row += 1) {
    const rowY = Math.min(Math.max(top + row - 1, 0), height - 1) * width;
    const down = weights[downAt + row] ?? 0;
    for (let column = 0; column < taps; column += 1) {
      const from = (rowY + Math.min(Math.max(left + column - 1, 0), width - 1)) * channels;
      const own = channels === 4 ? (data[from + 3] ?? 0) : 255;
      const weight = down * (weights[acrossAt + column] ?? 0) * own;
      red += weight * (data[from] ?? 0);
      green += weight * (data[from + 1] ?? 0);
      blue += weight * (data[from + 2] ?? 0);
      alpha += weight;
    }
  }
  const clamped = Math.min(255, Math.max(0, alpha));
  // What the weights overshoot in alpha, they do in the colours.
  const factor = alpha > 0 ? clamped / alpha : 0;
  sample[0] = red * factor;
  sample[1] = green * factor;
  sample[2] = blue * factor;
  sample[3] = clamped;
}

function catmullRom(): Float64Array {
  const table = new Float64Array(phases * taps);
  for (let phase = 0; phase < phases; phase += 1) {
    const t = (phase + 0.5) / phases;
    table.set(
      [
        (-t + 2 * t ** 2 - t ** 3) / 2,
        (2 - 5 * t ** 2 + 3 * t ** 3) / 2,
        (t + 4 * t ** 2 - 3 * t ** 3) / 2,
        (-(t ** 2) + t ** 3) / 2,
      ],
      phase * taps,
    );
  }
  return table;
}
