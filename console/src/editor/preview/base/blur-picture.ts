import type { Picture } from '../../../../../functions/kernel/drawing/canvas.ts';
import { gaussianWeights } from './gaussian.ts';

/** Blurs stronger than this are made on a smaller copy: nobody sees the difference, and it takes a fraction of the time. */
const strongest = 6;

/** The picture blurred as the service blurs it; beyond its edges it goes on in their colours. Four channels. */
export function blurPicture(picture: Picture, sigma: number): Picture {
  const factor = Math.max(1, Math.floor(sigma / strongest));
  const flat = premultiplied(picture);
  if (factor === 1) {
    return straight(blurred(flat, sigma));
  }
  const small = shrunk(flat, factor);
  return straight(enlarged(blurred(small, sigma / factor), flat.width, flat.height, factor));
}

interface Plane {
  /** Red, green, blue and alpha of each pixel, the colours as much as they are seen. */
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

function premultiplied({ data: from, width, height, channels }: Picture): Plane {
  const data = new Float32Array(width * height * 4);
  for (let at = 0, to = 0; to < data.length; at += channels, to += 4) {
    const alpha = channels === 4 ? (from[at + 3] ?? 0) : 255;
    data[to] = ((from[at] ?? 0) * alpha) / 255;
    data[to + 1] = ((from[at + 1] ?? 0) * alpha) / 255;
    data[to + 2] = ((from[at + 2] ?? 0) * alpha) / 255;
    data[to + 3] = alpha;
  }
  return { data, width, height };
}

function straight({ data: from, width, height }: Plane): Picture {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = from[at + 3] ?? 0;
    const factor = alpha > 0 ? 255 / alpha : 0;
    data[at] = (from[at] ?? 0) * factor;
    data[at + 1] = (from[at + 1] ?? 0) * factor;
    data[at + 2] = (from[at + 2] ?? 0) * factor;
    data[at + 3] = alpha;
  }
  return { data: new Uint8Array(data.buffer), width, height, channels: 4 };
}

function blurred(plane: Plane, sigma: number): Plane {
  const weights = gaussianWeights(sigma);
  const { width, height } = plane;
  const across = along(plane, weights, width, height, 4, width * 4);
  return along(across, weights, height, width, width * 4, 4);
}

/** Along lines of `length` pixels, `step` apart; there are `count` of them, `lineStep` apart. */
function along(
  { data: from, width, height }: Plane,
  weights: readonly number[],
  length: number,
  count: number,
  step: number,
  lineStep: number,
): Plane {
  const data = new Float32Array(from.length);
  const reach = weights.length - 1;
  const sum = weights.reduce((all, weight, index) => all + (index === 0 ? weight : 2 * weight), 0);
  const shares = weights.map((weight) => weight / sum);
  const row = new Float32Array((length + 2 * reach) * 4);
  for (let line = 0; line < count; line += 1) {
    const start = line * lineStep;
    for (let x = -reach; x < length + reach; x += 1) {
      const at = start + Math.min(length - 1, Math.max(0, x)) * step;
      const to = (x + reach) * 4;
      row[to] = from[at] ?? 0;
      row[to + 1] = from[at + 1] ?? 0;
      row[to + 2] = from[at + 2] ?? 0;
      row[to + 3] = from[at + 3] ?? 0;
    }
    for (let x = 0; x < length; x += 1) {
      const middle = (x + reach) * 4;
      for (let channel = middle; channel < middle + 4; channel += 1) {
        let value = (row[channel] ?? 0) * (shares[0] ?? 0);
        for (let away = 1; away <= reach; away += 1) {
          value += ((row[channel - away * 4] ?? 0) + (row[channel + away * 4] ?? 0)) * (shares[away] ?? 0);
        }
        data[start + x * step + channel - middle] = value;
      }
    }
  }
  return { data, width, height };
}

/** Each pixel the mean of a square. */
function shrunk({ data: from, width, height }: Plane, factor: number): Plane {
  const [wide, high] = [Math.ceil(width / factor), Math.ceil(height / factor)];
  const data = new Float32Array(wide * high * 4);
  for (let y = 0, to = 0; y < high; y += 1) {
    for (let x = 0; x < wide; x += 1, to += 4) {
      const [right, bottom] = [Math.min(width, (x + 1) * factor), Math.min(height, (y + 1) * factor)];
      const count = (right - x * factor) * (bottom - y * factor);
      for (let row = y * factor; row < bottom; row += 1) {
        for (let column = x * factor; column < right; column += 1) {
          const at = (row * width + column) * 4;
          for (let channel = 0; channel < 4; channel += 1) {
            data[to + channel] = (data[to + channel] ?? 0) + (from[at + channel] ?? 0) / count;
          }
        }
      }
    }
  }
  return { data, width: wide, height: high };
}

/** What was shrunk by a factor, large again and smooth. */
function enlarged(
  { data: from, width: wide, height: high }: Plane,
  width: number,
  height: number,
  factor: number,
): Plane {
  const data = new Float32Array(width * height * 4);
  for (let y = 0, to = 0; y < height; y += 1) {
    const fromY = Math.min(high - 1, Math.max(0, (y + 0.5) / factor - 0.5));
    const top = Math.floor(fromY);
    const bottom = Math.min(high - 1, top + 1);
    const down = fromY - top;
    for (let x = 0; x < width; x += 1, to += 4) {
      const fromX = Math.min(wide - 1, Math.max(0, (x + 0.5) / factor - 0.5));
      const left = Math.floor(fromX);
      const right = Math.min(wide - 1, left + 1);
      const across = fromX - left;
      for (let channel = 0; channel < 4; channel += 1) {
        const at = (row: number, column: number): number => from[(row * wide + column) * 4 + channel] ?? 0;
        const above = at(top, left) * (1 - across) + at(top, right) * across;
        const below = at(bottom, left) * (1 - across) + at(bottom, right) * across;
        data[to + channel] = above * (1 - down) + below * down;
      }
    }
  }
  return { data, width, height };
}
