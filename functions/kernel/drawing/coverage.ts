import type { Coverage } from '../../contracts/coverage.ts';

/** Whether `codePoint` lies in one of the ranges. */
export function covers(coverage: Coverage, codePoint: number): boolean {
  let low = 0;
  let high = coverage.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = coverage[middle] ?? [Infinity, -Infinity];
    if (codePoint < first) {
      high = middle - 1;
    } else if (codePoint > last) {
      low = middle + 1;
    } else {
      return true;
    }
  }
  return false;
}

/** The ranges that hold exactly `codePoints`. */
export function toCoverage(codePoints: Iterable<number>): Coverage {
  const ranges: Coverage = [];
  for (const codePoint of [...new Set(codePoints)].toSorted((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range !== undefined && range[1] === codePoint - 1) {
      range[1] = codePoint;
    } else {
      ranges.push([codePoint, codePoint]);
    }
  }
  return ranges;
}
