import type { ColourTable } from './gif-writer.ts';
import { mostNear } from './lzw.ts';

/** Levels of a channel that are looked at together. */
const cellSide = 4;
const cells = 2 ** 18;

/** Finds the nearest colour of a palette, remembering what was asked before. */
export class PaletteMap {
  /** As 0xff0000 red, 0xff00 green, 0xff blue. */
  readonly colours: Uint32Array;
  /** The mean distance from a colour to its nearest neighbour, over three channels, in levels. */
  readonly spacing: number;
  readonly table: ColourTable;
  #near: { readonly distance: number; readonly table: Uint8Array } | undefined;
  /** Of a cell that has one nearest colour, that, as −1 − its index; else where they are listed, after how many they are; 0 as long as nobody asked. */
  readonly #listAt = new Int32Array(cells);
  #lists = new Uint8Array(4096);
  #listsEnd = 1;
  readonly #distances = new Float64Array(256);

  constructor(table: ColourTable) {
    this.table = table;
    this.colours = Uint32Array.from(
      { length: table.length / 3 },
      (_, at) => ((table[at * 3] ?? 0) << 16) | ((table[at * 3 + 1] ?? 0) << 8) | (table[at * 3 + 2] ?? 0),
    );
    this.spacing = spacingOf(table);
  }

  /** For every colour up to `mostNear` others within a squared distance, nearest first and itself for none; undefined when that is 0. As compress takes them. */
  near(distance: number): Uint8Array | undefined {
    if (distance === 0) {
      return undefined;
    }
    if (this.#near?.distance !== distance) {
      this.#near = { distance, table: nearTable(this.table, distance) };
    }
    return this.#near.table;
  }

  /** The index of the nearest colour. */
  indexOf(red: number, green: number, blue: number): number {
    const cell = ((red >> 2) << 12) | ((green >> 2) << 6) | (blue >> 2);
    let at = this.#listAt[cell] ?? 0;
    if (at === 0) {
      at = this.#list(cell);
    }
    if (at < 0) {
      return -1 - at;
    }
    const lists = this.#lists;
    const end = at + (lists[at] ?? 0);
    let nearest = 0;
    let least = Infinity;
    for (let each = at + 1; each <= end; each += 1) {
      const index = lists[each] ?? 0;
      const colour = this.colours[index] ?? 0;
      const dr = (colour >> 16) - red;
      const dg = ((colour >> 8) & 0xff) - green;
      const db = (colour & 0xff) - blue;
      const away = dr * dr + dg * dg + db * db;
      if (away < least) {
        least = away;
        nearest = index;
      }
    }
    return nearest;
  }

  /** Lists the colours that are nearest to some colour of a cell: no farther from its nearest point than another is from its farthest. */
  #list(cell: number): number {
    const { table } = this;
    const red = (cell >> 12) * cellSide;
    const green = ((cell >> 6) & 63) * cellSide;
    const blue = (cell & 63) * cellSide;
    const nearest = this.#distances;
    let least = Infinity;
    for (let at = 0, index = 0; at < table.length; at += 3, index += 1) {
      const r = (table[at] ?? 0) - red;
      const g = (table[at + 1] ?? 0) - green;
      const b = (table[at + 2] ?? 0) - blue;
      nearest[index] = toNearest(r) + toNearest(g) + toNearest(b);
      const farthest = toFarthest(r) + toFarthest(g) + toFarthest(b);
      least = farthest < least ? farthest : least;
    }
    const from = this.#listsEnd;
    if (from + 257 > this.#lists.length) {
      const larger = new Uint8Array(this.#lists.length * 2);
      larger.set(this.#lists);
      this.#lists = larger;
    }
    let end = from + 1;
    // A byte holds how many they are; that 256 colours are all near one cell does not happen but to a palette of next to one colour.
    for (let index = 0; index < table.length / 3 && end - from <= 255; index += 1) {
      if ((nearest[index] ?? 0) <= least) {
        this.#lists[end] = index;
        end += 1;
      }
    }
    const count = end - from - 1;
    const at = count === 1 ? -1 - (this.#lists[from + 1] ?? 0) : from;
    if (count > 1) {
      this.#lists[from] = count;
      this.#listsEnd = end;
    }
    this.#listAt[cell] = at;
    return at;
  }
}

/** Squared distances along one axis from a cell between 0 and its side. */
function toNearest(at: number): number {
  const beyond = at < 0 ? at : at < cellSide ? 0 : at - cellSide + 1;
  return beyond * beyond;
}

function toFarthest(at: number): number {
  const away = at < cellSide / 2 ? at - cellSide + 1 : at;
  return away * away;
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

function nearTable(table: ColourTable, distance: number): Uint8Array {
  const count = table.length / 3;
  const near = new Uint8Array(256 * mostNear);
  for (let own = 0; own < count; own += 1) {
    const others = Array.from({ length: count }, (_, other) => ({
      other,
      away: squaredDistance(table, own, other),
    }))
      .filter(({ other, away }) => other !== own && away <= distance)
      .toSorted((one, other) => one.away - other.away);
    for (let at = 0; at < mostNear; at += 1) {
      near[own * mostNear + at] = others[at]?.other ?? own;
    }
  }
  // “As before” has nothing in its place.
  near.fill(count, count * mostNear, (count + 1) * mostNear);
  return near;
}

function squaredDistance(table: ColourTable, one: number, other: number): number {
  return (
    ((table[one * 3] ?? 0) - (table[other * 3] ?? 0)) ** 2 +
    ((table[one * 3 + 1] ?? 0) - (table[other * 3 + 1] ?? 0)) ** 2 +
    ((table[one * 3 + 2] ?? 0) - (table[other * 3 + 2] ?? 0)) ** 2
  );
}
