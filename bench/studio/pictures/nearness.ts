import sharp from 'sharp';

/** How near the frames of an animation are to what they should be (RGB), in dB over all of them. */
export async function nearness(animation: Uint8Array, original: readonly Uint8Array[]): Promise<number> {
  let sum = 0;
  let count = 0;
  for (const [page, expected] of original.entries()) {
    const shown = await sharp(animation, { page }).removeAlpha().raw().toBuffer();
    for (const [at, value] of expected.entries()) {
      sum += (value - (shown[at] ?? 0)) ** 2;
    }
    count += expected.length;
  }
  return 10 * Math.log10((255 ** 2 * count) / sum);
}
