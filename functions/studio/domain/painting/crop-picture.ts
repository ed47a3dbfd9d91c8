import type { Picture } from '../../../kernel/drawing/canvas.ts';
import type { PixelBox } from '../plan.ts';

/** A part of a picture, which lies inside of it. */
export function cropPicture(picture: Picture, { left, top, width, height }: PixelBox): Picture {
  const { channels } = picture;
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y += 1) {
    const from = ((top + y) * picture.width + left) * channels;
    data.set(picture.data.subarray(from, from + width * channels), y * width * channels);
  }
  return { data, width, height, channels };
}
