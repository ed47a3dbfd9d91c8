/** `0:03.40`: minutes, seconds and hundredths. */
export function clockTime(milliseconds: number): string {
  const hundredths = Math.floor(milliseconds / 10 + 1e-6);
  const minutes = Math.floor(hundredths / 6000);
  const seconds = Math.floor((hundredths % 6000) / 100);
  return `${minutes}:${String(seconds).padStart(2, '0')}.${String(hundredths % 100).padStart(2, '0')}`;
}

/** `3.4 s`, as short as it is exact. */
export const secondsOf = (milliseconds: number): string =>
  `${Number((milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1))} s`;

/** `0.2`, `1 s`, `1:30`: on a ruler, where there is little room. */
export function tickLabel(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds >= 60) {
    return `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`;
  }
  return Number.isInteger(seconds) ? `${seconds} s` : String(Number(seconds.toFixed(2)));
}

/** Steps of a ruler, in milliseconds: the smallest of which no more than `most` fit. */
export function rulerStep(durationMs: number, most: number): number {
  const steps = [50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000];
  return steps.find((step) => durationMs / step <= most) ?? 300_000;
}
