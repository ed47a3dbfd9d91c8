import type { Picture } from '../../../kernel/drawing/canvas.ts';
import { toRgba } from '../../../kernel/drawing/channels.ts';

/** A copy of the picture that is seen through: `part` of 255 is left of it. */
export function fade(picture: Picture, part: number): Picture {
  const { data: from, width, height } = toRgba(picture);
  const data = new Uint8Array(from);
  for (let at = 3; at < data.length; at += 4) {
    data[at] = Math.round(((from[at] ?? 0) * part) / 255);
  }
  return { data, width, height, channels: 4 };
}
