import type { Picture } from '../../../kernel/drawing/canvas.ts';
import type { FocalPoint } from '../../../kernel/drawing/crop.ts';
import { thumbnail } from '../../../kernel/drawing/thumbnail.ts';

/** The greatest side of the small copy in which the point of attention is looked for. */
const attentionSide = 96;
/** How far around a point is looked at, of the copy's diagonal. */
const reachShare = 1 / 14;
/** Skin of every shade, in Cb and Cr. */
const skin = { cb: [77, 127], cr: [133, 173] } as const;
/** In the dark there is neither skin nor colour to be seen. */
const darkest = 16;
const weights = { detail: 1.4, skin: 70, colour: 0.5 } as const;

/**
 * The point of a picture that people look at first: skin, saturated colours, detail. Pure, so that who shows a crop beforehand finds the same point as who makes it.
 */
export function findAttention(picture: Picture): FocalPoint {
  const small = thumbnail(picture, attentionSide);
  const { width, height } = small;
  const lights = Float64Array.from({ length: width * height }, (_, pixel) => colourOf(small, pixel).light);
  const scores = Float64Array.from({ length: width * height }, (_, pixel) => scoreOf(small, lights, pixel));
  const reach = Math.max(1, Math.round(Math.hypot(width, height) * reachShare));
  // Twice: the mean of means has a top where the mean of a square has a plateau.
  const looked = meansOf(meansOf(scores, width, height, reach), width, height, reach);
  let best = 0;
  for (const [pixel, score] of looked.entries()) {
    if (score > (looked[best] ?? 0)) {
      best = pixel;
    }
  }
  return { x: ((best % width) + 0.5) / width, y: (Math.floor(best / width) + 0.5) / height };
}

interface SeenColour {
  readonly light: number;
  readonly cb: number;
  readonly cr: number;
  /** From 0 to 255: how far it is from grey. */
  readonly colourfulness: number;
  readonly alpha: number;
}

function colourOf({ data, channels }: Picture, pixel: number): SeenColour {
  const at = pixel * channels;
  const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
  const light = 0.299 * red + 0.587 * green + 0.114 * blue;
  return {
    light,
    cb: 128 + 0.564 * (blue - light),
    cr: 128 + 0.713 * (red - light),
    colourfulness: Math.max(red, green, blue) - Math.min(red, green, blue),
    alpha: channels === 4 ? (data[at + 3] ?? 0) / 255 : 1,
  };
}

function scoreOf(small: Picture, lights: Float64Array, pixel: number): number {
  const { width, height } = small;
  const [x, y] = [pixel % width, Math.floor(pixel / width)];
  const light = (column: number, row: number): number =>
    lights[Math.min(height - 1, Math.max(0, row)) * width + Math.min(width - 1, Math.max(0, column))] ?? 0;
  const detail = Math.abs(
    4 * light(x, y) - light(x - 1, y) - light(x + 1, y) - light(x, y - 1) - light(x, y + 1),
  );
  const seen = colourOf(small, pixel);
  const isSkin =
    seen.cb >= skin.cb[0] && seen.cb <= skin.cb[1] && seen.cr >= skin.cr[0] && seen.cr <= skin.cr[1];
  const colours =
    seen.light < darkest ? 0 : (isSkin ? weights.skin : 0) + weights.colour * seen.colourfulness;
  return (weights.detail * detail + colours) * seen.alpha;
}

/** Of squares around each pixel, as far as they are on the picture. Away from the edges there is more to see in a square, and people look there. */
function meansOf(values: Float64Array, width: number, height: number, reach: number): Float64Array {
  const area = (2 * reach + 1) ** 2;
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      sums[(y + 1) * (width + 1) + x + 1] =
        (values[y * width + x] ?? 0) +
        (sums[y * (width + 1) + x + 1] ?? 0) +
        (sums[(y + 1) * (width + 1) + x] ?? 0) -
        (sums[y * (width + 1) + x] ?? 0);
    }
  }
  return Float64Array.from(values, (_, pixel) => {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    const at = (column: number, row: number): number => sums[row * (width + 1) + column] ?? 0;
    return (at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top)) / area;
  });
}
