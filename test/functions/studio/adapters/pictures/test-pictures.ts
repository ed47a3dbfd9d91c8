import sharp from 'sharp';
import type { Picture } from '../../../../../functions/kernel/drawing/canvas.ts';
import { prepareEngine } from '../../../../../functions/kernel/sharp/engine.ts';

prepareEngine();

/** RGBA of what a file shows, frame by frame. */
export async function decodeFrames(file: Uint8Array): Promise<{
  frames: Uint8Array[];
  delays: number[];
  loop: number | undefined;
  width: number;
  height: number;
}> {
  const metadata = await sharp(file).metadata();
  const { data, info } = await sharp(file, { pages: -1 })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const height = info.pageHeight ?? info.height;
  const bytes = info.width * height * 4;
  return {
    frames: Array.from({ length: info.height / height }, (_, at) =>
      Uint8Array.from(data.subarray(at * bytes, (at + 1) * bytes)),
    ),
    delays: metadata.delay ?? [],
    loop: metadata.loop,
    width: info.width,
    height,
  };
}

/** How near two pictures are, in decibels: 30 is seen, 40 hardly. */
export function psnr(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 4) {
    for (let channel = at; channel < at + 3; channel += 1) {
      sum += ((one[channel] ?? 0) - (other[channel] ?? 0)) ** 2;
    }
  }
  return sum === 0 ? Infinity : 10 * Math.log10((255 ** 2 * one.length * 0.75) / sum);
}

type Pixel = readonly [number, number, number, number?];

/** RGBA by a rule. */
export function paint(width: number, height: number, rule: (x: number, y: number) => Pixel): Uint8Array {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [red, green, blue, alpha = 255] = rule(x, y);
      data.set([red, green, blue, alpha], (y * width + x) * 4);
    }
  }
  return data;
}

export const picture = (data: Uint8Array, width: number): Picture => ({
  data,
  width,
  height: data.length / 4 / width,
  channels: 4,
});

/** Something like a photo: soft shapes of many colours, moved to the left by `shift`. */
export const photo = (width: number, height: number, shift = 0): Uint8Array =>
  paint(width, height, (x, y) => {
    const [u, v] = [(x + shift) / width, y / height];
    return [
      Math.round(128 + 100 * Math.sin(5 * u + 2 * v) + 20 * Math.cos(31 * v)),
      Math.round(128 + 90 * Math.cos(3 * u - 4 * v) + 25 * Math.sin(23 * u)),
      Math.round(120 + 110 * Math.sin(4 * v - 3 * u * v)),
    ];
  });

/** What is at a point. */
export function pixelAt(
  { data, width, channels }: Pick<Picture, 'data' | 'width' | 'channels'>,
  x: number,
  y: number,
): number[] {
  const at = (y * width + x) * channels;
  return [...data.subarray(at, at + channels)];
}

/** An animated file of frames (RGBA), made by sharp and not by the code under test. */
export async function animationOf(
  frames: readonly Uint8Array[],
  width: number,
  delays: readonly number[],
  format: 'gif' | 'webp',
  loop = 0,
): Promise<Uint8Array> {
  const height = (frames[0]?.length ?? 0) / 4 / width;
  const image = sharp(Buffer.concat(frames), {
    raw: { width, height: height * frames.length, channels: 4, pageHeight: height },
  });
  const options = { delay: [...delays], loop };
  const made =
    format === 'gif' ? image.gif({ ...options, effort: 1 }) : image.webp({ ...options, lossless: true });
  return new Uint8Array(await made.toBuffer());
}
