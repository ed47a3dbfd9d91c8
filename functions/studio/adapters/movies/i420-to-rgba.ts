import { toRgb, type ColourSpace } from './colour-space.ts';

/** How a frame is turned to stand upright: clockwise degrees, then a flip about the vertical axis. */
export interface Turn {
  readonly degrees: 0 | 90 | 180 | 270;
  readonly isFlipped: boolean;
}

/** Bytes of a frame in I420, whose chroma planes are rounded up. */
export const i420Bytes = (width: number, height: number): number =>
  width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);

/**
 * Converts frames of one size: planes Y, Cb, Cr without gaps in, RGBA out, upright. FFmpeg's own conversion takes everything to be BT.601.
 * @returns a function that answers a buffer of its own for each frame
 */
export function i420ToRgba(
  width: number,
  height: number,
  space: ColourSpace,
  turn: Turn,
): (planes: Uint8Array) => Uint8Array<ArrayBuffer> {
  const { black, luma, redOfCr, greenOfCb, greenOfCr, blueOfCb } = toRgb(space);
  const { origin, perColumn, perRow } = walk(width, height, turn);
  const chromaWidth = Math.ceil(width / 2);
  const cbStart = width * height;
  const crStart = cbStart + chromaWidth * Math.ceil(height / 2);
  // With the rounding and the tables' offset in it, so that the loop only adds, shifts and looks up.
  const start = (clampOffset << 16) + 32_768 - black * luma;
  return (planes) => {
    const bytes = Buffer.allocUnsafeSlow(width * height * 4);
    const pixels = new Int32Array(bytes.buffer, 0, width * height);
    let chroma = 0;
    for (let y = 0; y < height; y += 2) {
      const above = y * width;
      // The last row of an odd height is done twice, which is cheaper than to ask at every pixel.
      const below = y + 1 < height ? above + width : above;
      let atAbove = origin + y * perRow;
      let atBelow = y + 1 < height ? atAbove + perRow : atAbove;
      for (let x = 0; x < width; x += 2) {
        const cb = (planes[cbStart + chroma] ?? 0) - 128;
        const cr = (planes[crStart + chroma] ?? 0) - 128;
        chroma += 1;
        const red = start + cr * redOfCr;
        const green = start - cb * greenOfCb - cr * greenOfCr;
        const blue = start + cb * blueOfCb;
        let light = (planes[above + x] ?? 0) * luma;
        pixels[atAbove] =
          (blues[(light + blue) >> 16] ?? 0) |
          (greens[(light + green) >> 16] ?? 0) |
          (reds[(light + red) >> 16] ?? 0);
        light = (planes[below + x] ?? 0) * luma;
        pixels[atBelow] =
          (blues[(light + blue) >> 16] ?? 0) |
          (greens[(light + green) >> 16] ?? 0) |
          (reds[(light + red) >> 16] ?? 0);
        if (x + 1 < width) {
          light = (planes[above + x + 1] ?? 0) * luma;
          pixels[atAbove + perColumn] =
            (blues[(light + blue) >> 16] ?? 0) |
            (greens[(light + green) >> 16] ?? 0) |
            (reds[(light + red) >> 16] ?? 0);
          light = (planes[below + x + 1] ?? 0) * luma;
          pixels[atBelow + perColumn] =
            (blues[(light + blue) >> 16] ?? 0) |
            (greens[(light + green) >> 16] ?? 0) |
            (reds[(light + red) >> 16] ?? 0);
        }
        atAbove += 2 * perColumn;
        atBelow += 2 * perColumn;
      }
    }
    return bytes;
  };
}

/** Sums may be as far below 0 as this, and as far above 255. */
const clampOffset = 512;
const reds = Int32Array.from({ length: 256 + 2 * clampOffset }, (_, value) =>
  Math.min(255, Math.max(0, value - clampOffset)),
);
const greens = reds.map((value) => value << 8);
/** With the alpha of an opaque pixel. */
const blues = reds.map((value) => (value << 16) | 0xff00_0000);

/** Where the frame's first pixel goes in the upright picture, and how far it is from one to the next. */
function walk(
  width: number,
  height: number,
  { degrees, isFlipped }: Turn,
): { readonly origin: number; readonly perColumn: number; readonly perRow: number } {
  const uprightWidth = degrees % 180 === 0 ? width : height;
  const turned = {
    0: (x: number, y: number) => ({ column: x, row: y }),
    90: (x: number, y: number) => ({ column: height - 1 - y, row: x }),
    180: (x: number, y: number) => ({ column: width - 1 - x, row: height - 1 - y }),
    270: (x: number, y: number) => ({ column: y, row: width - 1 - x }),
  }[degrees];
  const place = (x: number, y: number): number => {
    const { column, row } = turned(x, y);
    return row * uprightWidth + (isFlipped ? uprightWidth - 1 - column : column);
  };
  const origin = place(0, 0);
  return { origin, perColumn: place(1, 0) - origin, perRow: place(0, 1) - origin };
}
