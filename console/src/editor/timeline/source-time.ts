import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { Plan } from '../../../../functions/studio/domain/plan.ts';

/** How long the source is before trim, speed and direction, in milliseconds; 0 of a still. */
export function sourceDuration({ source }: RecipeInput, plan: Plan | undefined): number {
  switch (source.kind) {
    case 'slideshow':
      return source.slides.reduce((sum, { durationMs }) => sum + durationMs, 0);
    case 'colour':
    case 'gradient':
      return source.durationMs ?? 0;
    case 'template':
    case 'upload': {
      const probed = plan?.sources[0]?.probed;
      return probed === undefined || probed.kind === 'still'
        ? 0
        : probed.delaysMs.reduce((sum, delay) => sum + delay, 0);
    }
  }
}

/** What is kept of it. */
export function trimOf(
  { timeline }: RecipeInput,
  sourceMs: number,
): { readonly fromMs: number; readonly toMs: number } {
  const { fromMs = 0, toMs = sourceMs } = timeline?.trim ?? {};
  return { fromMs: Math.min(fromMs, sourceMs), toMs: Math.min(toMs, sourceMs) };
}

/** How long the source plays, after trim, speed and direction. */
export function playedDuration(recipe: RecipeInput, sourceMs: number): number {
  const { fromMs, toMs } = trimOf(recipe, sourceMs);
  const { speed = 1, direction = 'forward', holdLastMs = 0 } = recipe.timeline ?? {};
  return ((toMs - fromMs) / speed) * (direction === 'boomerang' ? 2 : 1) + holdLastMs;
}

/** Which moment of the source is seen at a moment of the output. */
export function sourceMoment(recipe: RecipeInput, sourceMs: number, atMs: number): number {
  const { fromMs, toMs } = trimOf(recipe, sourceMs);
  const { speed = 1, direction = 'forward' } = recipe.timeline ?? {};
  const lengthMs = toMs - fromMs;
  const into = Math.max(0, atMs * speed);
  switch (direction) {
    case 'forward':
      return fromMs + Math.min(into, lengthMs);
    case 'reverse':
      return toMs - Math.min(into, lengthMs);
    case 'boomerang':
      return into <= lengthMs ? fromMs + into : Math.max(fromMs, toMs - (into - lengthMs));
  }
}

/** The first moment of the output at which a moment of the source is seen; the nearest one where it is not. */
export function outputMoment(recipe: RecipeInput, sourceMs: number, momentMs: number): number {
  const { fromMs, toMs } = trimOf(recipe, sourceMs);
  const { speed = 1, direction = 'forward' } = recipe.timeline ?? {};
  const within = Math.min(Math.max(momentMs, fromMs), toMs);
  return (direction === 'reverse' ? toMs - within : within - fromMs) / speed;
}
