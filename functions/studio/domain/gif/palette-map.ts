import { cellCandidates } from './cell-candidates.ts';
import type { ColourTable } from './gif-writer.ts';
import { mostNear } from './lzw.ts';

/** Levels of a channel that are looked at together. */
const cellSide = 4;
const cells = 2 ** 18;
const cellMiddle = (cellSide - 1) / 2;
const several = 257;
const largeSide = 16;

/** Colours that are mixed to one that is not in the palette. */
const mixed = 8;
/** Of what a colour is off that the next one makes good: more comes nearer from a distance, and is rougher from near. */
const mixing = 0.8;

/** The squared distance up to which a colour stands for another alone: less than the eye sees. */
const nearEnough = 9;

/** Finds the nearest colour of a palette, remembering what was asked before. */
export class PaletteMap {
  /** As 0xff0000 red, 0xff00 green, 0xff blue. */
  readonly colours: Uint32Array;
  readonly table: ColourTable;
  #mixes: Uint8Array | undefined;
  #isMixed: Uint8Array | undefined;
  #near: { readonly distance: number; readonly table: Uint8Array } | undefined;
  /** Of a cell the colour that stands for all of it, as its index + 1; `several` where a colour of the palette is in it; 0 as long as nobody asked. */
  readonly #indices = new Uint16Array(cells);
  /** Of cells with a colour of the palette in them, those that may be nearest there. */
  readonly #candidates = new Map<number, Uint8Array>();
  /** The candidates of larger cells. */
  readonly #around: (Uint8Array | undefined)[] = [];
  readonly #all: Uint8Array;

  constructor(table: ColourTable) {
    this.table = table;
    this.#all = Uint8Array.from({ length: table.length / 3 }, (_, index) => index);
    this.colours = Uint32Array.from(
      { length: table.length / 3 },
      (_, at) => ((table[at * 3] ?? 0) << 16) | ((table[at * 3 + 1] ?? 0) << 8) | (table[at * 3 + 2] ?? 0),
    );
    for (const colour of this.colours) {
      this.#indices[cellOf(colour >> 16, (colour >> 8) & 0xff, colour & 0xff)] = several;
    }
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

  /** The index of the nearest colour, which is its own where it has one; of some that are about as near it may be another. */
  indexOf(red: number, green: number, blue: number): number {
    const cell = cellOf(red, green, blue);
    const known = this.#indices[cell] ?? 0;
    if (known > 0 && known < several) {
      return known - 1;
    }
    if (known === several) {
      return this.#nearestOf(this.#candidatesIn(cell), red, green, blue);
    }
    // The middle of it stands for all of it.
    const index = this.#nearestOf(
      this.#candidatesAround(cell),
      (red & ~3) + cellMiddle,
      (green & ~3) + cellMiddle,
      (blue & ~3) + cellMiddle,
    );
    this.#indices[cell] = index + 1;
    return index;
  }

  #nearestOf(candidates: Uint8Array, red: number, green: number, blue: number): number {
    let nearest = 0;
    let least = Infinity;
    for (let each = 0; each < candidates.length; each += 1) {
      const index = candidates[each] ?? 0;
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

  /**
   * The colour that stands for another at a place of an 8 × 8 pattern, so that the places together come near to it (Knoll's pattern dithering): it depends on the
   * place alone, and so what stands still does not flicker.
   * @param rank of the place, 0 to 63
   */
  mixedIndexOf(red: number, green: number, blue: number, rank: number): number {
    const nearest = this.indexOf(red, green, blue);
    if (this.#distance(nearest, red, green, blue) <= nearEnough) {
      return nearest;
    }
    const cell = cellOf(red, green, blue);
    this.#mixes ??= new Uint8Array(cells * mixed);
    this.#isMixed ??= new Uint8Array(cells);
    if (this.#isMixed[cell] === 0) {
      this.#isMixed[cell] = 1;
      this.#mixes.set(this.#mix(red, green, blue), cell * mixed);
    }
    return this.#mixes[cell * mixed + ((rank * mixed) >> 6)] ?? 0;
  }

  /** Colours whose mean comes near to one, from dark to light. */
  #mix(red: number, green: number, blue: number): number[] {
    const mix: number[] = [];
    let [offRed, offGreen, offBlue] = [0, 0, 0];
    for (let count = 0; count < mixed; count += 1) {
      const index = this.indexOf(toLevel(red + offRed), toLevel(green + offGreen), toLevel(blue + offBlue));
      const colour = this.colours[index] ?? 0;
      offRed += mixing * (red - (colour >> 16));
      offGreen += mixing * (green - ((colour >> 8) & 0xff));
      offBlue += mixing * (blue - (colour & 0xff));
      mix.push(index);
    }
    return mix.toSorted((one, other) => this.#lightness(one) - this.#lightness(other));
  }

  #distance(index: number, red: number, green: number, blue: number): number {
    const colour = this.colours[index] ?? 0;
    const dr = (colour >> 16) - red;
    const dg = ((colour >> 8) & 0xff) - green;
    const db = (colour & 0xff) - blue;
    return dr * dr + dg * dg + db * db;
  }

  #lightness(index: number): number {
    const colour = this.colours[index] ?? 0;
    return 2 * (colour >> 16) + 4 * ((colour >> 8) & 0xff) + (colour & 0xff);
  }

  #candidatesIn(cell: number): Uint8Array {
    let candidates = this.#candidates.get(cell);
    if (candidates === undefined) {
      const [red, green, blue] = [cell >> 12, (cell >> 6) & 63, cell & 63];
      candidates = cellCandidates(this.table, this.#candidatesAround(cell), {
        red: red * cellSide,
        green: green * cellSide,
        blue: blue * cellSide,
        side: cellSide,
      });
      this.#candidates.set(cell, candidates);
    }
    return candidates;
  }

  #candidatesAround(cell: number): Uint8Array {
    const [red, green, blue] = [cell >> 14, (cell >> 8) & 15, (cell >> 2) & 15];
    return (this.#around[(red << 8) | (green << 4) | blue] ??= cellCandidates(this.table, this.#all, {
      red: red * largeSide,
      green: green * largeSide,
      blue: blue * largeSide,
      side: largeSide,
    }));
  }
}

const cellOf = (red: number, green: number, blue: number): number =>
  ((red >> 2) << 12) | ((green >> 2) << 6) | (blue >> 2);

const toLevel = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : Math.round(value));

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
