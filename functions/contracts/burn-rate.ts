import type { Severity } from './alarm-name.ts';

/**
 * How fast an error budget burns before somebody is told: at `factor` 1 it lasts exactly the promise's window. Both windows of a pair must burn: the long one
 * says that it matters, the short one that it still goes on.
 * Source: Google, "The Site Reliability Workbook", chapter 5, "Multiwindow, Multi-Burn-Rate Alerts".
 */
export interface BurnPair {
  readonly factor: number;
  readonly long: BurnWindow;
  readonly short: BurnWindow;
  readonly severity: Severity;
}

/** A stretch of time up to now. */
export interface BurnWindow {
  /** `5m`, `1h`, `3d` */
  readonly name: string;
  readonly minutes: number;
}

const minutes = (count: number): BurnWindow => ({ name: `${count}m`, minutes: count });
const hours = (count: number): BurnWindow => ({ name: `${count}h`, minutes: 60 * count });
const days = (count: number): BurnWindow => ({ name: `${count}d`, minutes: 24 * 60 * count });

/** Over how long a bound is looked at. */
export const boundWindow = minutes(15);

/** CloudWatch looks back for seven days at most: three fit. */
const pairs: readonly BurnPair[] = [
  { factor: 14.4, long: hours(1), short: minutes(5), severity: 'page' },
  { factor: 6, long: hours(6), short: minutes(30), severity: 'page' },
  { factor: 3, long: days(1), short: hours(2), severity: 'ticket' },
  { factor: 1, long: days(3), short: hours(6), severity: 'ticket' },
];

/** The pairs that an objective (0 to 1) can break: a budget of a tenth cannot burn 14.4 times as fast as it is given. */
export const burnPairs = (atLeast: number): readonly BurnPair[] =>
  pairs.filter(({ factor }) => factor * (1 - atLeast) < 1);

/** `5m-14.4x` */
export const partOf = (pair: BurnPair, window: BurnWindow): string => `${window.name}-${pair.factor}x`;
