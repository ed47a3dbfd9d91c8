import type { Colour } from './colour.ts';
import type { Mask } from './outline.ts';

/** A picture of 8-bit sRGB pixels: red, green, blue and, with four channels, alpha (not premultiplied). */
export interface Picture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

export interface Position {
  readonly left: number;
  readonly top: number;
}

/** A canvas of one colour: three channels when the colour is opaque, else four. */
export function createCanvas(width: number, height: number, colour: Colour): Picture {
  const { red, green, blue, alpha } = colour;
  const pixel = alpha === 255 ? [red, green, blue] : [red, green, blue, alpha];
  const data = new Uint8Array(width * height * pixel.length);
  data.set(pixel);
  // Doubling what is filled: a fill in the engine's own copies.
  for (let filled = pixel.length; filled < data.length; filled *= 2) {
    data.copyWithin(filled, 0, Math.min(filled, data.length - filled));
  }
  return { data, width, height, channels: alpha === 255 ? 3 : 4 };
}

/**
 * Draws `picture` over the canvas with its top left corner at `at` (parts outside are left out), where the mask, of the picture's size, lets it through.
 * Ordinary alpha compositing on sRGB values. Done here, in integers, because the general machinery converts the whole picture to floating point and back.
 */
export function drawPicture(canvas: Picture, picture: Picture, at: Position, mask?: Mask): void {
  const fromX = Math.max(0, -at.left);
  const toX = Math.min(picture.width, canvas.width - at.left);
  const fromY = Math.max(0, -at.top);
  const toY = Math.min(picture.height, canvas.height - at.top);
  if (toX <= fromX) {
    return;
  }
  for (let y = fromY; y < toY; y += 1) {
    const source = y * picture.width + fromX;
    const target = (y + at.top) * canvas.width + at.left + fromX;
    const count = toX - fromX;
    if (mask === undefined && picture.channels === 3 && canvas.channels === 3) {
      canvas.data.set(picture.data.subarray(source * 3, (source + count) * 3), target * 3);
    } else if (canvas.channels === 3) {
      drawRowOnOpaque(canvas.data, target, picture, source, count, mask?.data);
    } else {
      drawRow(canvas.data, target, picture, source, count, mask?.data);
    }
  }
}

function drawRowOnOpaque(
  canvas: Uint8Array,
  target: number,
  { data, channels }: Picture,
  source: number,
  count: number,
  mask: Uint8Array | undefined,
): void {
  let to = target * 3;
  let from = source * channels;
  for (let x = 0; x < count; x += 1, to += 3, from += channels) {
    const own = channels === 4 ? (data[from + 3] ?? 0) : 255;
    const alpha = mask === undefined ? own : divide255(own * (mask[source + x] ?? 0));
    if (alpha === 255) {
      canvas[to] = data[from] ?? 0;
      canvas[to + 1] = data[from + 1] ?? 0;
      canvas[to + 2] = data[from + 2] ?? 0;
    } else if (alpha > 0) {
      const rest = 255 - alpha;
      canvas[to] = divide255((data[from] ?? 0) * alpha + (canvas[to] ?? 0) * rest);
      canvas[to + 1] = divide255((data[from + 1] ?? 0) * alpha + (canvas[to + 1] ?? 0) * rest);
      canvas[to + 2] = divide255((data[from + 2] ?? 0) * alpha + (canvas[to + 2] ?? 0) * rest);
    }
  }
}

function drawRow(
  canvas: Uint8Array,
  target: number,
  { data, channels }: Picture,
  source: number,
  count: number,
  mask: Uint8Array | undefined,
): void {
  let to = target * 4;
  let from = source * channels;
  for (let x = 0; x < count; x += 1, to += 4, from += channels) {
    const own = channels === 4 ? (data[from + 3] ?? 0) : 255;
    const alpha = mask === undefined ? own : divide255(own * (mask[source + x] ?? 0));
    const under = canvas[to + 3] ?? 0;
    if (alpha === 255) {
      canvas[to] = data[from] ?? 0;
      canvas[to + 1] = data[from + 1] ?? 0;
      canvas[to + 2] = data[from + 2] ?? 0;
      canvas[to + 3] = 255;
    } else if (alpha > 0 && under === 255) {
      const rest = 255 - alpha;
      canvas[to] = divide255((data[from] ?? 0) * alpha + (canvas[to] ?? 0) * rest);
      canvas[to + 1] = divide255((data[from + 1] ?? 0) * alpha + (canvas[to + 1] ?? 0) * rest);
      canvas[to + 2] = divide255((data[from + 2] ?? 0) * alpha + (canvas[to + 2] ?? 0) * rest);
    } else if (alpha > 0) {
      // In 255ths of 255ths, so that one division is enough.
      const above = alpha * 255;
      const below = under * (255 - alpha);
      const whole = above + below;
      for (let channel = 0; channel < 3; channel += 1) {
        const mixed = (data[from + channel] ?? 0) * above + (canvas[to + channel] ?? 0) * below;
        canvas[to + channel] = Math.round(mixed / whole);
      }
      canvas[to + 3] = divide255(whole);
    }
  }
}

/** `value` / 255, rounded, for values up to 255². */
function divide255(value: number): number {
  const rounded = value + 128;
  return (rounded + (rounded >> 8)) >> 8;
}
