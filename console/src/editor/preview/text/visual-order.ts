import type { Cut } from './cut-line.ts';

export type Direction = 'ltr' | 'rtl';

/** A part of a line in its place. */
export interface OrderedCut {
  readonly cut: Cut;
  /** What is written before and after it, in the same direction. */
  readonly before: Cut | undefined;
  readonly next: Cut | undefined;
  readonly direction: Direction;
}

const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}]/u;
const leftToRight = /[\p{L}\p{N}]/u;

/**
 * The parts of a line from left to right: what the Unicode bidirectional algorithm does for text of letters, digits and marks between them. The first letter says
 * which way the line runs.
 */
export function inVisualOrder(cuts: readonly Cut[]): OrderedCut[] {
  const own = cuts.map(({ text }) =>
    rightToLeft.test(text) ? 'rtl' : leftToRight.test(text) ? 'ltr' : undefined,
  );
  const base = own[cuts.findIndex(({ text }) => /\p{L}/u.test(text))] ?? 'ltr';
  const directions = own.map((direction, index) => direction ?? between(own, index, base));
  const ordered = cuts.map((cut, index): OrderedCut => {
    const direction = directions[index] ?? base;
    return {
      cut,
      before: directions[index - 1] === direction ? cuts[index - 1] : undefined,
      next: directions[index + 1] === direction ? cuts[index + 1] : undefined,
      direction,
    };
  });
  const runs: OrderedCut[][] = [];
  for (const each of ordered) {
    const run = runs.at(-1);
    if (run?.[0]?.direction === each.direction) {
      run.push(each);
    } else {
      runs.push([each]);
    }
  }
  const turned = runs.map((run) => (run[0]?.direction === 'rtl' ? run.toReversed() : run));
  return (base === 'rtl' ? turned.toReversed() : turned).flat();
}

/** What has no direction goes with its neighbours where they agree, and else with the line. */
function between(own: readonly (Direction | undefined)[], index: number, base: Direction): Direction {
  const before = own.slice(0, index).findLast((direction) => direction !== undefined) ?? base;
  const after = own.slice(index + 1).find((direction) => direction !== undefined) ?? base;
  return before === after ? before : base;
}
