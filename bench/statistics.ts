export const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

/** @param share 0 to 1 */
export const percentile = (values: readonly number[], share: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

export const median = (values: readonly number[]): number => percentile(values, 0.5);
