import type { Recipe } from '../../contracts/recipe.ts';
import type { TimedLayer } from './plan-frames.ts';
import { framesOf, totalMs } from './segment.ts';

/** How long a still picture lasts as a movie, or under something that comes and goes without saying until when. */
const usualMs = 3000;
/** How long a layer is seen that comes late and says nothing of its end. */
const afterComingMs = 2000;

/** How long a picture that does not move by itself is shown, in milliseconds: as long as what happens over it, then held as the recipe says. */
export function stillDuration({ timeline }: Recipe, layers: readonly TimedLayer[]): number {
  const ends = layers.map(({ layer, appearance }) => {
    const roundMs =
      layer.kind === 'overlay' && layer.probed.kind !== 'still' ? totalMs(framesOf(0, layer.probed)) : 0;
    const { fromMs = 0, toMs, fadeMs } = appearance;
    const seenMs = Math.max(roundMs, 2 * fadeMs);
    return (
      toMs ??
      (fromMs > 0
        ? fromMs + Math.max(afterComingMs, seenMs)
        : fadeMs > 0
          ? Math.max(usualMs, seenMs)
          : roundMs)
    );
  });
  const happensMs = Math.max(0, ...ends);
  return happensMs === 0 && timeline.holdLastMs === 0 ? usualMs : happensMs + timeline.holdLastMs;
}
