import type { Picture, Position } from './canvas.ts';
import type { Colour } from './colour.ts';
import { type Mask, outlineOf } from './outline.ts';

export interface TextPaint {
  readonly colour: Colour;
  /** `width` in pixels. */
  readonly outline?: { readonly width: number; readonly colour: Colour } | undefined;
}

/** A picture and where it belongs. */
export interface PlacedPicture extends Position {
  readonly picture: Picture;
}

/**
 * Colours the shape of a text: `shape` has one channel, how much of each pixel the text covers, or four, when the text brings its own colours
 * (emoji). The outline goes around the shape, not under it, so that neither shows through the other. Answers only the inked part; undefined
 * when nothing is inked.
 */
export function paintText(shape: Mask | Picture, at: Position, paint: TextPaint): PlacedPicture | undefined {
  const margin = paint.outline === undefined ? 0 : Math.ceil(paint.outline.width) + 2;
  const channels = 'channels' in shape ? shape.channels : 1;
  const bounds = inkedPart(shape, channels);
  if (bounds === undefined) {
    return undefined;
  }
  const width = bounds.width + 2 * margin;
  const height = bounds.height + 2 * margin;
  const covered = new Uint8Array(width * height);
  for (let y = 0; y < bounds.height; y += 1) {
    let from = ((bounds.top + y) * shape.width + bounds.left) * channels + channels - 1;
    let to = (y + margin) * width + margin;
    for (let x = 0; x < bounds.width; x += 1, from += channels, to += 1) {
      covered[to] = shape.data[from] ?? 0;
    }
  }
  const data = new Uint8Array(width * height * 4);
  const outlined = paint.outline && outlineOf({ data: covered, width, height }, paint.outline.width).data;
  const { colour } = paint;
  const around = paint.outline?.colour ?? colour;
  const words = new Uint32Array(data.buffer);
  const [fillWord, ringWord] = [wordOf(colour), wordOf(around)];
  for (let at = 0, to = 0; at < covered.length; at += 1, to += 4) {
    const inside = covered[at] ?? 0;
    const within = outlined === undefined ? inside : Math.max(inside, outlined[at] ?? 0);
    if (inside === 255 && channels !== 4) {
      words[at] = fillWord;
    } else if (inside === 0 && within === 255) {
      words[at] = ringWord;
    } else if (within > 0) {
      const fill = inside * colour.alpha;
      const ring = (within - inside) * around.alpha;
      const alpha = fill + ring;
      if (alpha > 0) {
        let { red, green, blue } = colour;
        if (channels === 4 && inside > 0) {
          const y = Math.floor(at / width) - margin;
          const x = (at % width) - margin;
          const from = ((bounds.top + y) * shape.width + bounds.left + x) * 4;
          [red, green, blue] = [shape.data[from] ?? 0, shape.data[from + 1] ?? 0, shape.data[from + 2] ?? 0];
        }
        data[to] = (red * fill + around.red * ring) / alpha + 0.5;
        data[to + 1] = (green * fill + around.green * ring) / alpha + 0.5;
        data[to + 2] = (blue * fill + around.blue * ring) / alpha + 0.5;
        data[to + 3] = alpha / 255 + 0.5;
      }
    }
  }
  return {
    picture: { data, width, height, channels: 4 },
    left: at.left + bounds.left - margin,
    top: at.top + bounds.top - margin,
  };
}

/** A pixel; nothing at all where it is transparent. */
const wordOf = ({ red, green, blue, alpha }: Colour): number =>
  alpha === 0 ? 0 : ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;

interface Bounds extends Position {
  readonly width: number;
  readonly height: number;
}

/** The smallest rectangle around everything inked, judged by the last channel. */
export function inkedPart({ data, width, height }: Mask | Picture, channels: number): Bounds | undefined {
  let [left, right, top, bottom] = [width, -1, -1, -1];
  for (let y = 0; y < height; y += 1) {
    const row = y * width * channels + channels - 1;
    let first = 0;
    while (first < width && data[row + first * channels] === 0) {
      first += 1;
    }
    if (first < width) {
      let last = width - 1;
      while (data[row + last * channels] === 0) {
        last -= 1;
      }
      left = Math.min(left, first);
      right = Math.max(right, last);
      top = top === -1 ? y : top;
      bottom = y;
    }
  }
  return top === -1 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
}
