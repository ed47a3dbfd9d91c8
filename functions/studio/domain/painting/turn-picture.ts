import type { Picture } from '../../../kernel/drawing/canvas.ts';

/** Turned clockwise by a quarter, a half or three quarters. */
export function turnPicture(picture: Picture, degrees: 90 | 180 | 270): Picture {
  const { width, height } = picture;
  switch (degrees) {
    case 90:
      return gather(picture, { width: height, height: width }, (height - 1) * width, -width, 1);
    case 180:
      return gather(picture, { width, height }, width * height - 1, -1, -width);
    case 270:
      return gather(picture, { width: height, height: width }, width - 1, width, -1);
  }
}

/** Mirrored: `horizontal` swaps left and right, `vertical` top and bottom. */
export function flipPicture(picture: Picture, axis: 'horizontal' | 'vertical'): Picture {
  const { width, height } = picture;
  return axis === 'horizontal'
    ? gather(picture, { width, height }, width - 1, -1, width)
    : gather(picture, { width, height }, (height - 1) * width, 1, -width);
}

/** Every pixel of the result from where it was: the first from `start`, then `step` on in a row and `rowStep` on from row to row. */
function gather(
  { data: from, channels }: Picture,
  { width, height }: { readonly width: number; readonly height: number },
  start: number,
  step: number,
  rowStep: number,
): Picture {
  const data = new Uint8Array(width * height * channels);
  for (let y = 0, to = 0; y < height; y += 1) {
    let at = (start + y * rowStep) * channels;
    for (let x = 0; x < width; x += 1, at += step * channels, to += channels) {
      data[to] = from[at] ?? 0;
      data[to + 1] = from[at + 1] ?? 0;
      data[to + 2] = from[at + 2] ?? 0;
      if (channels === 4) {
        data[to + 3] = from[at + 3] ?? 0;
      }
    }
  }
  return { data, width, height, channels };
}
