import type { Recipe } from '../../contracts/recipe.ts';
import { seconds } from './in-words.ts';
import type { ProbedSource } from './ports.ts';
import type { Refusals } from './refusals.ts';
import { boomerang, cut, framesOf, resample, totalMs, type Segment } from './segment.ts';
import { slideshow } from './slideshow.ts';
import { thin } from './thin.ts';

/** A step of a fade where nothing else says how often the picture changes: 20 a second, on the grid of every format. */
export const fadeStepMs = 50;
/** More cannot be seen, and is shown by nothing we write. */
export const fastestFrameMs = 1000 / 60;

/** The longest result, and the longest time of a recipe: ten minutes. */
export const longestMs = 600_000;

/** Containers round the length of a clip: who asks for its end may be this much too late. */
export const endToleranceMs = 100;

/**
 * What the sources show when, after trim, speed, direction, hold and frame rate: times of the output. Empty for what does not move by itself.
 *
 * @param probes of the recipe's source, one for each slide
 */
export function sourceTimeline(
  recipe: Recipe,
  probes: readonly ProbedSource[],
  refusals: Refusals,
): Segment[] {
  const { trim, speed, direction, frameRate, holdLastMs } = recipe.timeline;
  const own = ownFrames(recipe, probes);
  const ownMs = totalMs(own);
  if (ownMs === 0) {
    refuseTimeOfStill(recipe, refusals);
    return [];
  }
  const fromMs = trim?.fromMs ?? 0;
  const toMs = trim?.toMs ?? ownMs;
  if (fromMs >= ownMs) {
    refusals.add('/timeline/trim/fromMs', `The source ends after ${seconds(ownMs)}, before that moment.`);
    return [];
  }
  if (toMs > ownMs + endToleranceMs) {
    refusals.add('/timeline/trim/toMs', `The source ends after ${seconds(ownMs)}, before that moment.`);
    return [];
  }
  if (toMs <= fromMs) {
    refusals.add('/timeline/trim/toMs', 'It must come after fromMs.');
    return [];
  }
  const lastsMs =
    ((Math.min(toMs, ownMs) - fromMs) / speed) * (direction === 'boomerang' ? 2 : 1) + holdLastMs;
  if (lastsMs > longestMs + endToleranceMs) {
    refusals.add(
      '/timeline',
      `It would last ${seconds(lastsMs)}; ${seconds(longestMs)} is the most. Trim it, or make it faster.`,
    );
    return [];
  }
  const paced = thin(
    cut(own, fromMs, toMs).map((segment) => ({
      durationMs: segment.durationMs / speed,
      sources: segment.sources,
    })),
    fastestFrameMs,
  );
  const directed =
    direction === 'forward' ? paced : direction === 'reverse' ? paced.toReversed() : boomerang(paced);
  const held = directed.map(({ durationMs, sources }, index) => ({
    durationMs: index === directed.length - 1 ? durationMs + holdLastMs : durationMs,
    sources,
  }));
  return frameRate === undefined ? held : resample(held, 1000 / frameRate);
}

function ownFrames({ source, timeline }: Recipe, probes: readonly ProbedSource[]): Segment[] {
  switch (source.kind) {
    case 'slideshow':
      return slideshow(
        probes.map((probed, index) => ({ durationMs: source.slides[index]?.durationMs ?? 0, probed })),
        source.crossFadeMs,
        (timeline.frameRate === undefined ? fadeStepMs : 1000 / timeline.frameRate) * timeline.speed,
      );
    case 'colour':
    case 'gradient':
      return source.durationMs === undefined || source.durationMs === 0
        ? []
        : [{ durationMs: source.durationMs, sources: [{ source: 0, frame: 0, weight: 1 }] }];
    case 'template':
    case 'upload': {
      const [probed] = probes;
      return probed === undefined || probed.kind === 'still' ? [] : framesOf(0, probed);
    }
  }
}

function refuseTimeOfStill({ timeline }: Recipe, refusals: Refusals): void {
  const why = 'The source is a still picture';
  if (timeline.trim !== undefined) {
    refusals.add('/timeline/trim', `${why}: there is nothing to trim.`);
  }
  if (timeline.speed !== 1) {
    refusals.add('/timeline/speed', `${why}: it has no speed.`);
  }
  if (timeline.direction !== 'forward') {
    refusals.add('/timeline/direction', `${why}: it has no direction.`);
  }
}
