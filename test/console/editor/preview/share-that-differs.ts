/** Of 255, in any channel: what nobody sees at the edge of a letter. */
const threshold = 32;

/** The share of pixels that differ by more than the threshold, both pictures (RGBA) on the same grey; 1 for pictures of different sizes. */
export function shareThatDiffers(one: Uint8Array, other: Uint8Array): number {
  if (one.length !== other.length || one.length === 0) {
    return 1;
  }
  const onGrey = (data: Uint8Array, at: number, channel: number): number => {
    const alpha = (data[at + 3] ?? 0) / 255;
    return (data[at + channel] ?? 0) * alpha + 128 * (1 - alpha);
  };
  let count = 0;
  for (let at = 0; at < one.length; at += 4) {
    const isFar = [0, 1, 2].some(
      (channel) => Math.abs(onGrey(one, at, channel) - onGrey(other, at, channel)) > threshold,
    );
    count += isFar ? 1 : 0;
  }
  return count / (one.length / 4);
}
