import type { Recipe } from '../../contracts/recipe.ts';
import { formats } from './formats.ts';
import { isSeeThrough } from './plan-sources.ts';
import type { Refusals } from './refusals.ts';

/** Refuses what the format cannot do, as far as the recipe alone tells. */
export function checkOutput(recipe: Recipe, refusals: Refusals): void {
  const { output, timeline } = recipe;
  const traits = formats[output.format];
  const isStill = traits.kind === 'still' || output.stillAtMs !== undefined;
  if (output.dither && output.format !== 'gif') {
    refusals.add('/output/dither', `Only a gif is dithered: ${output.format} has all colours.`);
  }
  if (output.stillAtMs !== undefined && traits.kind !== 'still' && output.format !== 'webp') {
    refusals.add('/output/stillAtMs', `${output.format} is not a still: ask for png, jpeg, webp or avif.`);
  }
  if (timeline.loop > 0 && isStill) {
    refusals.add('/timeline/loop', `A still ${output.format} is not played again: leave loop out.`);
  }
  const clear =
    traits.isTransparent || output.background !== undefined ? undefined : makesTransparent(recipe);
  if (clear !== undefined) {
    refusals.add(
      clear,
      `This leaves transparent parts, and ${output.format} has none: give an opaque colour here, or output.background.`,
    );
  }
}

/** Where the recipe itself makes transparent parts. */
function makesTransparent({ source, geometry }: Recipe): string | undefined {
  if (source.kind === 'colour' && isSeeThrough(source.colour)) {
    return '/source/colour';
  }
  if (source.kind === 'gradient' && (isSeeThrough(source.from) || isSeeThrough(source.to))) {
    return isSeeThrough(source.from) ? '/source/from' : '/source/to';
  }
  for (const [index, step] of geometry.entries()) {
    if (step.op === 'rotate' && step.degrees % 90 !== 0 && isSeeThrough(step.background)) {
      return `/geometry/${index}/background`;
    }
    if (step.op === 'pad' && isSeeThrough(step.colour)) {
      return `/geometry/${index}/colour`;
    }
  }
  return undefined;
}
