/** RGBA of `width` × `height` pixels; the planes are of even sides, for which the last column and row are repeated. */
export interface RgbaToI420Options {
  readonly width: number;
  readonly height: number;
  /** What shows through where a picture is transparent: 0 to 255 each. */
  readonly background: readonly [red: number, green: number, blue: number];
}

const one = 65_536;
/** BT.709, limited range, 16 bits after the point. Source: ITU-R BT.709-6, items 3.2 to 3.5. */
const share = { red: 0.2126, green: 0.7152, blue: 0.0722 } as const;
const scaled = (value: number): number => Math.round(value * one);
const lumaScale = 219 / 255;
const yRed = scaled(share.red * lumaScale);
const yBlue = scaled(share.blue * lumaScale);
/** What is left, so that grey stays grey and white is 235 to the bit. */
const yGreen = scaled(lumaScale) - yRed - yBlue;
const chromaScale = 224 / 255 / 2;
const cbRed = -scaled((share.red / (1 - share.blue)) * chromaScale);
const cbBlue = scaled(chromaScale);
const cbGreen = -cbBlue - cbRed;
const crRed = scaled(chromaScale);
const crBlue = -scaled((share.blue / (1 - share.red)) * chromaScale);
const crGreen = -crRed - crBlue;
/** Luma, before 16 is added, and chroma, before 128 is, of a unit of red, green and blue; 16 bits after the point. */
export const i420Shares = {
  luma: [yRed, yGreen, yBlue],
  cb: [cbRed, cbGreen, cbBlue],
  cr: [crRed, crGreen, crBlue],
} as const;
const yStart = (16 << 16) + 32_768;
/** Chroma is of the sum of four pixels: two bits more. */
const chromaStart = (128 << 18) + (1 << 17);

/** Converts frames of one size into the same planes again and again. */
export function rgbaToI420({
  width,
  height,
  background,
}: RgbaToI420Options): (rgba: Uint8Array, planes: Uint8Array) => void {
  const planeWidth = width + (width % 2);
  const planeHeight = height + (height % 2);
  const cbStart = planeWidth * planeHeight;
  const crStart = cbStart + cbStart / 4;
  return (rgba, planes) => {
    const pixels = pixelsOf(rgba, width * height);
    flatten(pixels, background);
    let chroma = 0;
    for (let y = 0; y < planeHeight; y += 2) {
      const above = y * width;
      const below = y + 1 < height ? above + width : above;
      let out = y * planeWidth;
      for (let x = 0; x < planeWidth; x += 2) {
        const next = x + 1 < width ? x + 1 : x;
        const a = pixels[above + x] ?? 0;
        const b = pixels[above + next] ?? 0;
        const c = pixels[below + x] ?? 0;
        const d = pixels[below + next] ?? 0;
        planes[out] =
          (yRed * (a & 255) + yGreen * ((a >>> 8) & 255) + yBlue * ((a >>> 16) & 255) + yStart) >> 16;
        planes[out + 1] =
          (yRed * (b & 255) + yGreen * ((b >>> 8) & 255) + yBlue * ((b >>> 16) & 255) + yStart) >> 16;
        planes[out + planeWidth] =
          (yRed * (c & 255) + yGreen * ((c >>> 8) & 255) + yBlue * ((c >>> 16) & 255) + yStart) >> 16;
        planes[out + planeWidth + 1] =
          (yRed * (d & 255) + yGreen * ((d >>> 8) & 255) + yBlue * ((d >>> 16) & 255) + yStart) >> 16;
        out += 2;
        // Red and blue of four pixels are added in one go: their sums take ten bits each.
        const redAndBlue = (a & 0xff00ff) + (b & 0xff00ff) + (c & 0xff00ff) + (d & 0xff00ff);
        const red = redAndBlue & 0xffff;
        const blue = redAndBlue >>> 16;
        const green = ((a >>> 8) & 255) + ((b >>> 8) & 255) + ((c >>> 8) & 255) + ((d >>> 8) & 255);
        planes[cbStart + chroma] = (cbRed * red + cbGreen * green + cbBlue * blue + chromaStart) >> 18;
        planes[crStart + chroma] = (crRed * red + crGreen * green + crBlue * blue + chromaStart) >> 18;
        chroma += 1;
      }
    }
  };
}

function pixelsOf(rgba: Uint8Array, count: number): Uint32Array {
  return rgba.byteOffset % 4 === 0
    ? new Uint32Array(rgba.buffer, rgba.byteOffset, count)
    : new Uint32Array(rgba.slice().buffer, 0, count);
}

/** Lays transparent pixels over the background, in place. */
function flatten(pixels: Uint32Array, [red, green, blue]: RgbaToI420Options['background']): void {
  let all = 0xff00_0000;
  for (let index = 0; index < pixels.length; index += 1) {
    all &= pixels[index] ?? 0;
  }
  if (all >>> 24 === 255) {
    return;
  }
  for (let index = 0; index < pixels.length; index += 1) {
    const pixel = pixels[index] ?? 0;
    const alpha = pixel >>> 24;
    if (alpha < 255) {
      const over = (top: number, under: number): number =>
        Math.round((top * alpha + under * (255 - alpha)) / 255);
      pixels[index] =
        0xff00_0000 |
        (over((pixel >>> 16) & 255, blue) << 16) |
        (over((pixel >>> 8) & 255, green) << 8) |
        over(pixel & 255, red);
    }
  }
}
