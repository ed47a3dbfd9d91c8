/** The middle of some lengths of time, or why there is none. */
export type Median =
  | { readonly ms: number }
  | { readonly unknown: 'nothing-to-measure' | 'most-are-still-open' };

/**
 * The median, between two middle values their mean. What is still open lasts longer than everything that has ended: when it reaches the middle, the median is
 * not known yet, and never too small.
 *
 * @param ended milliseconds, in any order
 * @param open how many have not ended
 */
export function medianOf(ended: readonly number[], open: number): Median {
  const count = ended.length + open;
  if (count === 0) {
    return { unknown: 'nothing-to-measure' };
  }
  const upperRank = Math.floor(count / 2);
  if (upperRank >= ended.length) {
    return { unknown: 'most-are-still-open' };
  }
  const values = Float64Array.from(ended);
  const upper = select(values, upperRank);
  const lower = count % 2 === 1 ? upper : values.subarray(0, upperRank).reduce((a, b) => Math.max(a, b));
  return { ms: (lower + upper) / 2 };
}

/**
 * The value that has so many before it when they are sorted; everything that is not greater lies before it then. Of an organisation there are a hundred thousand, and
 * to sort them all takes ten times as long. Source: C. A. R. Hoare, "Algorithm 65: FIND".
 */
function select(values: Float64Array, rank: number): number {
  const at = (index: number): number => values[index] ?? Number.NaN;
  let first = 0;
  let last = values.length - 1;
  while (first < last) {
    const pivot = at(Math.floor((first + last) / 2));
    let [up, down] = [first, last];
    while (up <= down) {
      while (at(up) < pivot) {
        up += 1;
      }
      while (at(down) > pivot) {
        down -= 1;
      }
      if (up <= down) {
        const moved = at(up);
        values[up] = at(down);
        values[down] = moved;
        up += 1;
        down -= 1;
      }
    }
    if (rank <= down) {
      last = down;
    } else if (rank >= up) {
      first = up;
    } else {
      break;
    }
  }
  return at(rank);
}
