/**
 * The nearest of some moments, where one is near.
 *
 * @param reachMs how near is near
 */
export function snapMoment(atMs: number, moments: readonly number[], reachMs: number): number {
  let best = atMs;
  let distance = reachMs;
  for (const moment of moments) {
    const away = Math.abs(moment - atMs);
    if (away <= distance) {
      best = moment;
      distance = away;
    }
  }
  return best;
}
