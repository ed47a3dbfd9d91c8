/** Less alpha than this is nothing, more is everything: GIF knows no more. */
export const opaqueFrom = 128;

/** Numbers that say what a colour is: red, green, blue and how often it is seen. */
export const colourParts = 4;

const mostTableBits = 6;

/** How often colours are seen, and which: the mean of similar ones. */
export class Histogram {
  readonly #shift: number;
  /** Where a bin is in the lists, plus one; a table while that is small. */
  readonly #bins: Uint32Array | Map<number, number>;
  #sums = new Float64Array(1024 * colourParts);
  #count = 0;

  /** @param bits of a channel by which colours are told apart, 5 to 8 */
  constructor(bits: number) {
    this.#shift = 8 - bits;
    this.#bins = bits <= mostTableBits ? new Uint32Array(2 ** (3 * bits)) : new Map();
  }

  /** Adds every `stride`th pixel of an RGBA picture, but for those that are seen through. */
  add(pixels: Uint8Array, stride: number): void {
    const shift = this.#shift;
    const bits = 8 - shift;
    for (let at = 0; at < pixels.length; at += 4 * stride) {
      if ((pixels[at + 3] ?? 0) >= opaqueFrom) {
        const red = pixels[at] ?? 0;
        const green = pixels[at + 1] ?? 0;
        const blue = pixels[at + 2] ?? 0;
        const bin = ((((red >> shift) << bits) | (green >> shift)) << bits) | (blue >> shift);
        const to = this.#placeOf(bin);
        const sums = this.#sums;
        sums[to] = (sums[to] ?? 0) + red;
        sums[to + 1] = (sums[to + 1] ?? 0) + green;
        sums[to + 2] = (sums[to + 2] ?? 0) + blue;
        sums[to + 3] = (sums[to + 3] ?? 0) + 1;
      }
    }
  }

  /** The colours that were seen, one after the other. */
  colours(): Float64Array {
    const colours = this.#sums.slice(0, this.#count * colourParts);
    for (let at = 0; at < colours.length; at += colourParts) {
      const count = colours[at + 3] ?? 1;
      colours[at] = (colours[at] ?? 0) / count;
      colours[at + 1] = (colours[at + 1] ?? 0) / count;
      colours[at + 2] = (colours[at + 2] ?? 0) / count;
    }
    return colours;
  }

  #placeOf(bin: number): number {
    const bins = this.#bins;
    const known = (bins instanceof Map ? bins.get(bin) : bins[bin]) ?? 0;
    if (known > 0) {
      return (known - 1) * colourParts;
    }
    const place = this.#count * colourParts;
    this.#count += 1;
    if (bins instanceof Map) {
      bins.set(bin, this.#count);
    } else {
      bins[bin] = this.#count;
    }
    if (place + colourParts > this.#sums.length) {
      const larger = new Float64Array(this.#sums.length * 2);
      larger.set(this.#sums);
      this.#sums = larger;
    }
    return place;
  }
}
