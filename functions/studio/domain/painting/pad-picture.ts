import { createCanvas, type Picture, type Position } from '../../../kernel/drawing/canvas.ts';
import { toRgba } from '../../../kernel/drawing/channels.ts';
import type { Colour } from '../../../kernel/drawing/colour.ts';
import type { PixelSize } from '../plan.ts';

/** The picture on a larger canvas of a colour: around it, not under it, so that what can be seen through stays so. */
export function padPicture(picture: Picture, size: PixelSize, at: Position, colour: Colour): Picture {
  const filled = createCanvas(size.width, size.height, colour);
  const isOpaque = picture.channels === 3 && filled.channels === 3;
  const canvas = isOpaque ? filled : toRgba(filled);
  const { data, channels, width } = isOpaque ? picture : toRgba(picture);
  for (let y = 0; y < picture.height; y += 1) {
    const row = data.subarray(y * width * channels, (y + 1) * width * channels);
    canvas.data.set(row, ((at.top + y) * canvas.width + at.left) * channels);
  }
  return canvas;
}
