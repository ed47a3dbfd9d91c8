import type { Recipe } from '../../contracts/recipe.ts';
import { formats } from './formats.ts';
import { seconds } from './in-words.ts';
import type { PixelSize, Plan, PlannedFrame } from './plan.ts';
import { onGrid, planFrames, repeated, type TimedLayer } from './plan-frames.ts';
import { areTimed } from './plan-layers.ts';
import type { Refusals } from './refusals.ts';
import { resample, totalMs, type Segment } from './segment.ts';
import { endToleranceMs, longestMs } from './source-timeline.ts';
import { stillDuration } from './still-duration.ts';

export type PlannedTime = Pick<Plan, 'frames' | 'durationMs' | 'loop' | 'isMoving'>;

/** Any length does for a picture that is one moment. */
const momentMs = 1;

/** @param segments what the sources show; empty when they do not move */
export function planTime(
  recipe: Recipe,
  segments: readonly Segment[],
  layers: readonly TimedLayer[],
  canvas: PixelSize,
  refusals: Refusals,
): PlannedTime {
  const { timeline, output } = recipe;
  const traits = formats[output.format];
  const happens = segments.length > 0 || areTimed(layers);
  const lasts = happens || traits.kind === 'movie' || timeline.holdLastMs > 0;
  const shown = segments.length > 0 ? segments : stillSegments(recipe, layers, lasts);
  const endMs = lasts ? totalMs(shown) : 0;
  refuseLate(recipe, endMs, lasts, refusals);

  const isStill = traits.kind === 'still' || output.stillAtMs !== undefined;
  if (isStill || !lasts) {
    refuseMotion(recipe, happens, refusals);
    const frames = planFrames(shown, layers, canvas, timeline.frameRate !== undefined, refusals);
    return { frames: [momentOf(frames, output.stillAtMs ?? 0)], durationMs: 0, loop: 1, isMoving: false };
  }
  const frames = onGrid(
    planFrames(shown, layers, canvas, timeline.frameRate !== undefined, refusals),
    traits.shortestFrameMs,
    traits.timeGridMs,
  );
  const isMovie = traits.kind === 'movie';
  const times = isMovie ? Math.max(1, timeline.loop) : 1;
  if (totalMs(frames) * times > longestMs + endToleranceMs) {
    refusals.add(
      '/timeline/loop',
      `It would last ${seconds(totalMs(frames) * times)}; ${seconds(longestMs)} is the most.`,
    );
    return { frames, durationMs: totalMs(frames), loop: 1, isMoving: true };
  }
  const all = times > 1 ? repeated(frames, times) : frames;
  const last = all.at(-1);
  return {
    frames: all,
    durationMs: last === undefined ? 0 : Math.round((last.atMs + last.durationMs) * 1000) / 1000,
    loop: isMovie ? 1 : timeline.loop,
    isMoving: true,
  };
}

function stillSegments(recipe: Recipe, layers: readonly TimedLayer[], lasts: boolean): Segment[] {
  const { frameRate } = recipe.timeline;
  const still = [
    {
      durationMs: lasts ? stillDuration(recipe, layers) : momentMs,
      sources: [{ source: 0, frame: 0, weight: 1 }],
    },
  ];
  return frameRate === undefined || !lasts ? still : resample(still, 1000 / frameRate);
}

function momentOf(frames: readonly PlannedFrame[], atMs: number): PlannedFrame {
  const frame = frames.findLast((each) => each.atMs <= atMs);
  return { sources: [], layers: [], ...frame, atMs: 0, durationMs: 0 };
}

/** Refuses moments after the end: what they are of would never be seen. */
function refuseLate(
  { output, captions, overlays }: Recipe,
  endMs: number,
  lasts: boolean,
  refusals: Refusals,
): void {
  const late = (pointer: string, atMs: number | undefined): void => {
    if (atMs !== undefined && atMs > 0 && atMs >= endMs) {
      refusals.add(
        pointer,
        lasts
          ? `Everything ends after ${seconds(endMs)}, before that moment.`
          : 'Nothing moves: there is no moment but 0.',
      );
    }
  };
  late('/output/stillAtMs', output.stillAtMs);
  for (const [index, { fromMs }] of captions.entries()) {
    late(`/captions/${index}/fromMs`, fromMs);
  }
  for (const [index, { fromMs }] of overlays.entries()) {
    late(`/overlays/${index}/fromMs`, fromMs);
  }
}

/** Refuses what would be lost in a picture that does not move. */
function refuseMotion({ output, timeline }: Recipe, happens: boolean, refusals: Refusals): void {
  if (happens && output.stillAtMs === undefined) {
    refusals.add(
      '/output/stillAtMs',
      `This moves, and ${output.format} shows one moment: say which with stillAtMs, or ask for gif, webp, mp4 or webm.`,
    );
  }
  if (!happens && timeline.frameRate !== undefined) {
    refusals.add('/timeline/frameRate', 'Nothing moves: leave the frame rate out.');
  }
  if (!happens && timeline.loop > 0) {
    refusals.add('/timeline/loop', 'Nothing moves: leave loop out.');
  }
}
