import type { ColourTable } from './gif-writer.ts';

/** A cube of colours: its lowest levels and how many levels it has along each channel. */
export interface Cell {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly side: number;
}

const distances = new Float64Array(256);

/**
 * The colours, of those named, that are nearest to some colour of a cell: no farther from its nearest point than another is from its farthest.
 * @param among indices; of a larger cell around this one its candidates suffice
 */
export function cellCandidates(table: ColourTable, among: Uint8Array, cell: Cell): Uint8Array {
  const { side } = cell;
  let least = Infinity;
  for (let each = 0; each < among.length; each += 1) {
    const at = (among[each] ?? 0) * 3;
    const red = (table[at] ?? 0) - cell.red;
    const green = (table[at + 1] ?? 0) - cell.green;
    const blue = (table[at + 2] ?? 0) - cell.blue;
    distances[each] = toNearest(red, side) + toNearest(green, side) + toNearest(blue, side);
    const farthest = toFarthest(red, side) + toFarthest(green, side) + toFarthest(blue, side);
    least = farthest < least ? farthest : least;
  }
  return among.filter((_, each) => (distances[each] ?? 0) <= least);
}

/** Squared distances along one axis from a cell between 0 and its side. */
function toNearest(at: number, side: number): number {
  const beyond = at < 0 ? at : at < side ? 0 : at - side + 1;
  return beyond * beyond;
}

function toFarthest(at: number, side: number): number {
  const away = at < side / 2 ? at - side + 1 : at;
  return away * away;
}
