import { compress, type Symbols } from './lzw.ts';

/** Red, green, blue of up to 256 colours, one after the other. */
export type ColourTable = Uint8Array;

export interface GifImage extends Symbols {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Hundredths of a second, at most 65 535. */
  readonly delay: number;
  /** What becomes of its rectangle afterwards: 1 leaves it, 2 clears it. */
  readonly disposal: 1 | 2;
  /** Whether `transparent` is a symbol of it. */
  readonly hasTransparency: boolean;
  /** Its own colours; undefined for those of the whole file. */
  readonly colours: ColourTable | undefined;
}

/** Writes a GIF piece by piece (GIF89a). */
export class GifWriter {
  readonly #parts: Uint8Array[];
  readonly #colours: ColourTable;

  /**
   * @param colours of all images that bring none of their own
   * @param loop how often it is played in all; 0 for ever
   */
  constructor(
    { width, height }: { readonly width: number; readonly height: number },
    colours: ColourTable,
    loop: number,
  ) {
    this.#colours = colours;
    const bits = bitsOf(colours);
    this.#parts = [
      ascii('GIF89a'),
      Uint8Array.of(...word(width), ...word(height), 0xf0 | (bits - 1), 0, 0),
      padded(colours),
    ];
    if (loop !== 1) {
      // Browsers count how often it is repeated.
      const repeats = loop === 0 ? 0 : loop - 1;
      this.#parts.push(
        Uint8Array.of(0x21, 0xff, 11),
        ascii('NETSCAPE2.0'),
        Uint8Array.of(3, 1, ...word(repeats), 0),
      );
    }
  }

  /** Its `indices` are those that were chosen afterwards. */
  add(image: GifImage): void {
    const { left, top, width, height, colours } = image;
    const table = colours === undefined ? [] : [padded(colours)];
    const flags = colours === undefined ? 0 : 0x80 | (bitsOf(colours) - 1);
    // Some readers clear a rectangle to the background colour, unless its image knows transparency.
    const isTransparent = image.hasTransparency || image.disposal === 2;
    const control = (image.disposal << 2) | (isTransparent ? 1 : 0);
    this.#parts.push(
      Uint8Array.of(0x21, 0xf9, 4, control, ...word(image.delay), image.transparent, 0),
      Uint8Array.of(0x2c, ...word(left), ...word(top), ...word(width), ...word(height), flags),
      ...table,
      compress(image, Math.max(2, bitsOf(colours ?? this.#colours))),
    );
  }

  finish(): Uint8Array {
    return new Uint8Array(Buffer.concat([...this.#parts, Uint8Array.of(0x3b)]));
  }
}

/** Bits of a symbol: 1 to 8. */
const bitsOf = (colours: ColourTable): number => Math.max(1, Math.ceil(Math.log2(colours.length / 3)));

/** As long as the file says: a power of two. */
function padded(colours: ColourTable): Uint8Array {
  const table = new Uint8Array(3 * 2 ** bitsOf(colours));
  table.set(colours);
  return table;
}

const word = (value: number): [number, number] => [value & 0xff, (value >> 8) & 0xff];
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
