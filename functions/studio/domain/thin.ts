/** Half a millisecond: what rounding may take from a frame that is long enough. */
const toleranceMs = 0.5;

/**
 * Leaves out what would be shown for less than `shortestMs`; what comes before it is shown for longer instead, so that the whole lasts as long as before, but no
 * less than that. Of times that are rounded to a grid afterwards, those are kept that stay as far apart.
 */
export function thin<Shown extends { readonly durationMs: number }>(
  shown: readonly Shown[],
  shortestMs: number,
  gridMs = 0,
): Shown[] {
  const kept: { startMs: number; item: Shown }[] = [];
  const isFarEnough = (startMs: number): boolean => {
    const last = kept.at(-1);
    return (
      last === undefined ||
      (startMs - last.startMs >= shortestMs - toleranceMs &&
        (gridMs === 0 || toGrid(startMs, gridMs) - toGrid(last.startMs, gridMs) >= shortestMs - toleranceMs))
    );
  };
  let atMs = 0;
  for (const item of shown) {
    if (isFarEnough(atMs)) {
      kept.push({ startMs: atMs, item });
    }
    atMs += item.durationMs;
  }
  if (kept.length > 1 && !isFarEnough(atMs)) {
    kept.pop();
  }
  if (kept.length === 1) {
    atMs = Math.max(atMs, shortestMs);
  }
  return kept.map(({ startMs, item }, index) =>
    Object.assign({}, item, { durationMs: (kept[index + 1]?.startMs ?? atMs) - startMs }),
  );
}

/** The moment of the grid nearest to a moment; without a grid, to the microsecond. */
export const toGrid = (atMs: number, gridMs: number): number =>
  gridMs === 0 ? Math.round(atMs * 1000) / 1000 : Math.round(atMs / gridMs) * gridMs;
