/** What was measured in a stretch of time. */
export interface Distribution {
  readonly sum: number;
  readonly count: number;
  readonly min: number;
  readonly max: number;
  /** How often each value came. Kept only of metrics of which a statistic needs it. */
  readonly values: ReadonlyMap<number, number> | undefined;
}

export interface Statistic {
  /** As in the template: `Sum`, `p99`, `TC(:30000)`. */
  readonly text: string;
  readonly needsValues: boolean;
  /** Undefined when nothing lies in the range that the statistic asks for. */
  readonly of: (distribution: Distribution) => number | undefined;
}

const simple: Readonly<Record<string, (distribution: Distribution) => number>> = {
  Sum: ({ sum }) => sum,
  SampleCount: ({ count }) => count,
  Average: ({ sum, count }) => sum / count,
  Minimum: ({ min }) => min,
  Maximum: ({ max }) => max,
};

/**
 * Reads a statistic. Throws on one that the local stage does not know.
 * Source: CloudWatch user guide, "CloudWatch statistics definitions".
 */
export function parseStatistic(text: string): Statistic {
  const plain = Object.hasOwn(simple, text) ? simple[text] : undefined;
  if (plain !== undefined) {
    return { text, needsValues: false, of: plain };
  }
  const of = percentile(text) ?? trimmedMean(text) ?? ranged(text);
  if (of === undefined) {
    throw new Error(
      `The local stage does not know the statistic ${text}; it knows Sum, SampleCount, Average, Minimum, Maximum, p99, tm99, TM(a:b), TC(a:b), TS(a:b) and PR(a:b).`,
    );
  }
  return { text, needsValues: true, of: ({ values }) => of(sorted(values)) };
}

type Sorted = readonly (readonly [value: number, count: number])[];
type OfValues = (values: Sorted) => number | undefined;

function sorted(values: ReadonlyMap<number, number> | undefined): Sorted {
  if (values === undefined) {
    throw new Error('The values of this metric were not kept.');
  }
  return [...values].toSorted(([a], [b]) => a - b);
}

const countOf = (values: Sorted): number => values.reduce((sum, [, count]) => sum + count, 0);
const sumOf = (values: Sorted): number => values.reduce((sum, [value, count]) => sum + value * count, 0);

/** `p99`: the smallest value that at least so many percent of all do not exceed. */
function percentile(text: string): OfValues | undefined {
  const percent = percentIn(/^p(\d{1,3}(?:\.\d{1,10})?)$/u, text);
  if (percent === undefined) {
    return undefined;
  }
  return (values) => {
    let left = Math.max(1, Math.ceil((countOf(values) * percent) / 100));
    for (const [value, count] of values) {
      left -= count;
      if (left <= 0) {
        return value;
      }
    }
    return undefined;
  };
}

/** `tm99` or `TM(2%:98%)`: the mean of what lies between two percentiles. */
function trimmedMean(text: string): OfValues | undefined {
  const upTo = percentIn(/^tm(\d{1,3}(?:\.\d{1,10})?)$/u, text);
  const range = /^TM\((?:(\d+(?:\.\d+)?)%)?:(?:(\d+(?:\.\d+)?)%)?\)$/u.exec(text);
  const [from, to] = upTo === undefined ? [Number(range?.[1] ?? 0), Number(range?.[2] ?? 100)] : [0, upTo];
  if ((upTo === undefined && range === null) || from >= to || to > 100) {
    return undefined;
  }
  return (values) => meanOfRanks(values, from / 100, to / 100);
}

/** A value at the edge counts with the share of it that lies within. */
function meanOfRanks(values: Sorted, from: number, to: number): number | undefined {
  const total = countOf(values);
  const [low, high] = [total * from, total * to];
  let [rank, sum, weight] = [0, 0, 0];
  for (const [value, count] of values) {
    const within = Math.max(0, Math.min(rank + count, high) - Math.max(rank, low));
    rank += count;
    sum += value * within;
    weight += within;
  }
  return weight === 0 ? undefined : sum / weight;
}

/** `TC(80:500)` and its like: of values above the lower bound and up to the upper, either of which may be left open. */
function ranged(text: string): OfValues | undefined {
  const [, kind, low = '', high = ''] =
    /^(TM|TC|TS|PR)\((-?\d+(?:\.\d+)?)?:(-?\d+(?:\.\d+)?)?\)$/u.exec(text) ?? [];
  const above = low === '' ? Number.NEGATIVE_INFINITY : Number(low);
  const upTo = high === '' ? Number.POSITIVE_INFINITY : Number(high);
  if (kind === undefined || (low === '' && high === '') || above >= upTo) {
    return undefined;
  }
  const within = (values: Sorted): Sorted => values.filter(([value]) => value > above && value <= upTo);
  switch (kind) {
    case 'TC':
      return (values) => countOf(within(values));
    case 'TS':
      return (values) => sumOf(within(values));
    case 'PR':
      return (values) => (100 * countOf(within(values))) / countOf(values);
    default:
      return (values) => {
        const count = countOf(within(values));
        return count === 0 ? undefined : sumOf(within(values)) / count;
      };
  }
}

function percentIn(pattern: RegExp, text: string): number | undefined {
  const found = pattern.exec(text)?.[1];
  const percent = Number(found);
  return found === undefined || percent <= 0 || percent > 100 ? undefined : percent;
}
