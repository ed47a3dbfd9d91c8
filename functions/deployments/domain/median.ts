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
  const sorted = Float64Array.from(ended).toSorted();
  const lower = sorted[Math.floor((count - 1) / 2)];
  const upper = sorted[Math.floor(count / 2)];
  return lower === undefined || upper === undefined
    ? { unknown: 'most-are-still-open' }
    : { ms: (lower + upper) / 2 };
}
