import type { ColourTable } from './gif-writer.ts';

/** Bits of a channel by which a colour is looked up: closer ones have the same nearest colour but for the edges. */
const bits = 6;
const unknown = 0xffff;

/** Finds the nearest colour of a palette, remembering what was asked before. */
export class PaletteMap {
  /** As 0xff0000 red, 0xff00 green, 0xff blue. */
  readonly colours: Uint32Array;
  /** The mean distance from a colour to its nearest neighbour, over three channels, in levels. */
  readonly spacing: number;
  readonly table: ColourTable;
  readonly #known = new Uint16Array(2 ** (3 * bits)).fill(unknown);

  constructor(table: ColourTable) {
    this.table = table;
    this.colours = Uint32Array.from(
      { length: table.length / 3 },
      (_, at) => ((table[at * 3] ?? 0) << 16) | ((table[at * 3 + 1] ?? 0) << 8) | (table[at * 3 + 2] ?? 0),
    );
    this.spacing = spacingOf(table);
  }

  /** The index of the nearest colour. */
  indexOf(red: number, green: number, blue: number): number {
    const key = ((red >> 2) << 12) | ((green >> 2) << 6) | (blue >> 2);
    const known = this.#known[key] ?? unknown;
    if (known !== unknown) {
      return known;
    }
    const nearest = nearestTo(this.table, red, green, blue);
    this.#known[key] = nearest;
    return nearest;
  }
}

function nearestTo(table: ColourTable, red: number, green: number, blue: number, except = -1): number {
  let nearest = 0;
  let least = Infinity;
  for (let at = 0, index = 0; at < table.length; at += 3, index += 1) {
    const dg = (table[at + 1] ?? 0) - green;
    const far = dg * dg;
    if (far < least && index !== except) {
      const dr = (table[at] ?? 0) - red;
      const db = (table[at + 2] ?? 0) - blue;
      const away = far + dr * dr + db * db;
      if (away < least) {
        least = away;
        nearest = index;
      }
    }
  }
  return nearest;
}

function spacingOf(table: ColourTable): number {
  const count = table.length / 3;
  if (count < 2) {
    return 0;
  }
  let sum = 0;
  for (let index = 0; index < count; index += 1) {
    const [red, green, blue] = table.subarray(index * 3, index * 3 + 3);
    const other = nearestTo(table, red ?? 0, green ?? 0, blue ?? 0, index) * 3;
    sum += Math.hypot(
      (table[other] ?? 0) - (red ?? 0),
      (table[other + 1] ?? 0) - (green ?? 0),
      (table[other + 2] ?? 0) - (blue ?? 0),
    );
  }
  return sum / count;
}
