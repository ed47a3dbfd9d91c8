import type { Recipe, StudioFormat } from '../../contracts/recipe.ts';
import { expectedBytesAPixel } from './costs.ts';
import { formats } from './formats.ts';
import type { Plan } from './plan.ts';

/** What a search for a size in bytes may change of a result. */
export interface FitSettings {
  readonly quality: number;
  /** In pixels. */
  readonly width: number;
  /** Frames a second; undefined: those of the source, or nothing moves. */
  readonly frameRate: number | undefined;
}

/** From everything that was asked for to the least that is still worth looking at. */
export interface FitRange {
  readonly wanted: FitSettings;
  readonly floor: FitSettings;
  /** Frames a second of what is wanted, where it says none of its own; undefined when nothing moves. */
  readonly ownFrameRate: number | undefined;
  /** About what the wanted takes. */
  readonly expectedBytes: number;
}

/** Below these the artefacts are what is seen. A PNG has no quality to give away. */
const qualityFloors: Readonly<Record<StudioFormat, number>> = {
  png: 100,
  jpeg: 30,
  webp: 25,
  avif: 25,
  gif: 25,
  mp4: 25,
  webm: 25,
};
const widthFloor = 64;
/** A tenth of the width can still be recognised. */
const widthShare = 0.1;
/** Down to this share of its width a picture is made smaller before a movie loses frames. */
const comfortableShare = 0.4;
const frameRateFloor = 5;

/** How bytes go down: quality by a factor e for each this many steps; width and frame rate by these powers. Guesses, which the search corrects. */
const qualityStep = 45;
const widthPower = 1.7;
const frameRatePower = 0.8;

export function fitRange(plan: Plan, recipe: Recipe): FitRange {
  const { format, quality } = plan.output;
  const { width, height } = plan.canvas;
  const frames = plan.frames.length;
  const ownFrameRate = plan.isMoving && frames > 1 ? frames / (plan.durationMs / 1000) : undefined;
  // A movie's width is even, and no less than a block.
  const least = Math.max(
    formats[format].sideStep * 8,
    Math.round((width * 16) / Math.max(height, 1)),
    widthFloor,
  );
  return {
    wanted: { quality, width, frameRate: recipe.timeline.frameRate },
    floor: {
      quality: Math.min(quality, qualityFloors[format]),
      width: Math.min(width, Math.max(Math.round(width * widthShare), least)),
      frameRate: ownFrameRate === undefined ? undefined : Math.min(ownFrameRate, frameRateFloor),
    },
    ownFrameRate,
    expectedBytes: width * height * frames * expectedBytesAPixel[format],
  };
}

/** The recipe with what a search has chosen. */
export const withSettings = (recipe: Recipe, { quality, width, frameRate }: FitSettings): Recipe => ({
  ...recipe,
  timeline: { ...recipe.timeline, frameRate },
  output: { ...recipe.output, quality, width },
});

/** How far one can go, as the logarithm of what is expected to be saved. */
export const farthest = (range: FitRange): number => stagesOf(range).reduce((sum, { most }) => sum + most, 0);

/**
 * The settings after giving away so much: quality first, down to its floor; then size, because a smaller picture is still sharp; then frames, because a jerky movie
 * is another movie; and size again, down to its floor.
 *
 * @param saved from 0, what is wanted, to `farthest`
 */
export function settingsAfter(range: FitRange, saved: number): FitSettings {
  let left = saved;
  let settings = range.wanted;
  for (const { most, give } of stagesOf(range)) {
    const given = Math.min(left, most);
    if (given > 1e-9) {
      settings = give(settings, given);
    }
    left -= given;
  }
  return settings;
}

interface Stage {
  readonly most: number;
  readonly give: (settings: FitSettings, saved: number) => FitSettings;
}

function stagesOf({ wanted, floor, ownFrameRate }: FitRange): readonly Stage[] {
  const comfortable = Math.max(floor.width, Math.round(wanted.width * comfortableShare));
  return [
    {
      most: (wanted.quality - floor.quality) / qualityStep,
      give: (settings, saved) => ({
        ...settings,
        quality: Math.max(floor.quality, Math.round(wanted.quality - saved * qualityStep)),
      }),
    },
    narrowing(wanted.width, comfortable),
    {
      most:
        ownFrameRate === undefined || floor.frameRate === undefined
          ? 0
          : frameRatePower * Math.log(ownFrameRate / floor.frameRate),
      give: (settings, saved) => ({
        ...settings,
        frameRate: Math.max(
          floor.frameRate ?? 0,
          Math.round((ownFrameRate ?? 0) * Math.exp(-saved / frameRatePower) * 10) / 10,
        ),
      }),
    },
    narrowing(comfortable, floor.width),
  ];
}

const narrowing = (from: number, to: number): Stage => ({
  most: widthPower * Math.log(from / to),
  give: (settings, saved) => ({
    ...settings,
    width: Math.max(to, Math.round(from * Math.exp(-saved / widthPower))),
  }),
});
