/** Bits of a channel by which colours are told apart. */
const bits = 5;
export const histogramSize = 2 ** (3 * bits);
/** Less alpha than this is nothing, more is everything: GIF knows no more. */
export const opaqueFrom = 128;

/** How often colours are seen, and which: sums by bins of similar colours. */
export class Histogram {
  readonly counts = new Float64Array(histogramSize);
  readonly red = new Float64Array(histogramSize);
  readonly green = new Float64Array(histogramSize);
  readonly blue = new Float64Array(histogramSize);

  /** Adds every `stride`th pixel of an RGBA picture, but for those that are seen through. */
  add(pixels: Uint8Array, stride: number): void {
    const { counts, red, green, blue } = this;
    for (let at = 0; at < pixels.length; at += 4 * stride) {
      if ((pixels[at + 3] ?? 0) >= opaqueFrom) {
        const [r, g, b] = [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
        const bin = ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);
        counts[bin] = (counts[bin] ?? 0) + 1;
        red[bin] = (red[bin] ?? 0) + r;
        green[bin] = (green[bin] ?? 0) + g;
        blue[bin] = (blue[bin] ?? 0) + b;
      }
    }
  }

  /** Adds what another one has seen. */
  merge(other: Histogram): void {
    for (let bin = 0; bin < histogramSize; bin += 1) {
      if ((other.counts[bin] ?? 0) > 0) {
        this.counts[bin] = (this.counts[bin] ?? 0) + (other.counts[bin] ?? 0);
        this.red[bin] = (this.red[bin] ?? 0) + (other.red[bin] ?? 0);
        this.green[bin] = (this.green[bin] ?? 0) + (other.green[bin] ?? 0);
        this.blue[bin] = (this.blue[bin] ?? 0) + (other.blue[bin] ?? 0);
      }
    }
  }

  /** The colours that were seen: red, green, blue and how often, one after the other. */
  colours(): Float64Array {
    const colours: number[] = [];
    for (let bin = 0; bin < histogramSize; bin += 1) {
      const count = this.counts[bin] ?? 0;
      if (count > 0) {
        colours.push(
          (this.red[bin] ?? 0) / count,
          (this.green[bin] ?? 0) / count,
          (this.blue[bin] ?? 0) / count,
          count,
        );
      }
    }
    return Float64Array.from(colours);
  }
}
