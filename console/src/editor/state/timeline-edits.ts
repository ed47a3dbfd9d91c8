import { compact, editRecipe, type Edit, type TimelineInput } from './document.ts';

/** What the contract decides where nothing is said: left out of the recipe, so that it says only what was chosen. */
const usual = { speed: 1, direction: 'forward', loop: 0, holdLastMs: 0 } as const;

export const changeTimeline = (change: TimelineInput): Edit =>
  editRecipe((recipe) => {
    const timeline = { ...recipe.timeline, ...change };
    for (const [key, value] of Object.entries(usual)) {
      if (Reflect.get(timeline, key) === value) {
        Reflect.deleteProperty(timeline, key);
      }
    }
    const { timeline: _, ...rest } = recipe;
    const kept = compact(timeline);
    return Object.keys(kept).length === 0
      ? recipe.timeline === undefined
        ? recipe
        : rest
      : { ...recipe, timeline: kept };
  });

/**
 * Of the source, before speed and direction. All of it takes the trim away.
 *
 * @param endMs how long the source is
 */
export const trimTo = (fromMs: number, toMs: number, endMs: number): Edit => {
  const from = Math.max(0, Math.round(fromMs));
  const to = Math.round(toMs);
  return changeTimeline({
    trim:
      from === 0 && to >= Math.floor(endMs)
        ? undefined
        : { fromMs: from, ...(to >= Math.floor(endMs) ? {} : { toMs: to }) },
  });
};
