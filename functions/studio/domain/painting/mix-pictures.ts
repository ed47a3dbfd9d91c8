import type { Picture } from '../../../kernel/drawing/canvas.ts';
import { toRgba } from '../../../kernel/drawing/channels.ts';

/** Two pictures of one size, one fading into the other: `weight` of the second, 0 to 1. */
export function mixPictures(one: Picture, other: Picture, weight: number): Picture {
  const { width, height } = one;
  const part = Math.round(weight * 256);
  if (one.channels === 3 && other.channels === 3) {
    const data = new Uint8Array(one.data.length);
    for (let at = 0; at < data.length; at += 1) {
      const from = one.data[at] ?? 0;
      data[at] = from + ((((other.data[at] ?? 0) - from) * part + 128) >> 8);
    }
    return { data, width, height, channels: 3 };
  }
  const [first, second] = [toRgba(one).data, toRgba(other).data];
  const data = new Uint8Array(first.length);
  for (let at = 0; at < data.length; at += 4) {
    const firstAlpha = (first[at + 3] ?? 0) * (256 - part);
    const secondAlpha = (second[at + 3] ?? 0) * part;
    const alpha = firstAlpha + secondAlpha;
    if (alpha > 0) {
      for (let channel = at; channel < at + 3; channel += 1) {
        data[channel] =
          ((first[channel] ?? 0) * firstAlpha + (second[channel] ?? 0) * secondAlpha) / alpha + 0.5;
      }
      data[at + 3] = (alpha + 128) >> 8;
    }
  }
  return { data, width, height, channels: 4 };
}
