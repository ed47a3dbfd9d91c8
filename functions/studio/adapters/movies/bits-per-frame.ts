/**
 * What a frame usually takes, in bits. At quality 80, 720p gets 0.19 bits a pixel, which on detailed footage is the picture that x264 makes at its default quality;
 * smaller pictures get more for a pixel, since more happens in each.
 * @param quality 1 to 100
 */
export function bitsPerFrame({
  width,
  height,
  quality,
}: {
  readonly width: number;
  readonly height: number;
  readonly quality: number;
}): number {
  const pixels = width * height;
  return Math.round(0.021 * Math.exp(0.0275 * quality) * pixels * (reference / pixels) ** 0.25);
}

const reference = 1280 * 720;
