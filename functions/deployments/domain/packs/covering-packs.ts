import type { Pack } from './ports.ts';

type Places = Pick<Pack, 'first' | 'last'>;

/** In the order of their first record; of those that begin alike, the longest first. */
export const inOrder = <T extends Places>(packs: readonly T[]): T[] =>
  packs.toSorted((a, b) => a.first - b.first || b.last - a.last);

/** Of packs in their order those that together have all records from a place on, up to `end`. Some overlap with the one before them, some are not needed. */
export function coveringPacks<T extends Places>(
  packs: readonly T[],
  fromSequence: number,
): { readonly packs: readonly T[]; readonly end: number } {
  let end = fromSequence - 1;
  const covering = packs.filter(({ first, last }) => {
    const isNext = first <= end + 1 && last > end;
    end = isNext ? last : end;
    return isNext;
  });
  return { packs: covering, end };
}
