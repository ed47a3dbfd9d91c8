import {
  createMovieEncoder,
  type MovieEncoderOptions,
} from '../../../../../functions/studio/adapters/movies/create-movie-encoder.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

export interface Clip extends Pick<MovieEncoderOptions, 'format' | 'width' | 'height'> {
  readonly frames: number;
  /** @default 40 */
  readonly delayMs?: number;
  /** @default 95 */
  readonly quality?: number;
  /** What the frame at `index` is filled with. @default `shadeOf` */
  readonly fill?: (index: number) => Rgb;
}

/** A grey of its own for each of the first forty frames, far enough apart to tell them from each other after encoding. */
export const shadeOf = (index: number): Rgb => [20 + index * 5, 20 + index * 5, 20 + index * 5];

/** The frame that `shadeOf` filled like this. */
export const frameOf = (pixels: Uint8Array): number => Math.round(((pixels[0] ?? 0) - 20) / 5);

export function filled(width: number, height: number, [red, green, blue]: Rgb): Uint8Array {
  const pixels = new Uint8Array(width * height * 4);
  new Uint32Array(pixels.buffer).fill(((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0);
  return pixels;
}

/** Made by our own encoder. */
export async function makeClip({
  frames,
  delayMs = 40,
  quality = 95,
  fill = shadeOf,
  ...options
}: Clip): Promise<Uint8Array> {
  const encoder = await createMovieEncoder({ ...options, quality });
  try {
    for (let index = 0; index < frames; index += 1) {
      await encoder.add(filled(options.width, options.height, fill(index)), index * delayMs, delayMs);
    }
    return await encoder.finish();
  } finally {
    await encoder.close();
  }
}
