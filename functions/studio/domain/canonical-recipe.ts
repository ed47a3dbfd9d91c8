import type { Recipe, RecipeCaption } from '../../contracts/recipe.ts';
import { formats } from './formats.ts';
import { usualCaption } from './usual-caption.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * What a recipe means, written in one way: JSON with sorted keys, without what is left out or changes nothing. Two recipes with the same text give the same result.
 *
 * @param recipe with its defaults, as `readRecipe` gives it
 */
export function canonicalRecipe(recipe: Recipe): string {
  const { output, timeline, captions, overlays } = recipe;
  const isMovie = formats[output.format].kind === 'movie';
  return JSON.stringify(
    canonical({
      ...recipe,
      timeline: { ...timeline, loop: isMovie ? Math.max(1, timeline.loop) : timeline.loop },
      captions: captions.map((caption) =>
        fromStart(recipe.source.kind === 'template' ? caption : withUsual(caption)),
      ),
      overlays: overlays.map((overlay) => fromStart(overlay)),
      output: { ...output, sound: isMovie ? output.sound : undefined },
    }),
  );
}

/** What is usual is the same written out or left out. A caption box of a template may want something else. */
const withUsual = (caption: RecipeCaption): RecipeCaption => {
  const said = Object.fromEntries(Object.entries(caption).filter(([, value]) => value !== undefined));
  return { ...caption, ...usualCaption, ...said };
};

/** Seen from 0 on and seen from the beginning are the same. */
const fromStart = <Timed extends { readonly fromMs?: number | undefined }>(layer: Timed): Timed => ({
  ...layer,
  fromMs: layer.fromMs === 0 ? undefined : layer.fromMs,
});

function canonical(value: unknown, key = ''): Json {
  if (Array.isArray(value)) {
    return value.map((item) => canonical(item));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, member]) => [name, canonical(member, name)]),
    );
  }
  if (typeof value === 'string') {
    return canonicalText(key, value);
  }
  if (typeof value === 'number') {
    // Adding 0 makes 0 of −0.
    return (key === 'degrees' || key === 'rotate' ? ((value % 360) + 360) % 360 : value) + 0;
  }
  return typeof value === 'boolean' ? value : null;
}

function canonicalText(key: string, value: string): string {
  if (key === 'text') {
    return value;
  }
  if (key === 'aspect') {
    const [across = 0, down = 0] = value.split(':').map(Number);
    const divisor = greatestDivisor(across, down);
    return divisor === 0 ? value : `${across / divisor}:${down / divisor}`;
  }
  return /^#[0-9a-f]{6}([0-9a-f]{2})?$/iu.test(value)
    ? value.toLowerCase().replace(/^(#.{6})ff$/u, '$1')
    : value;
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));
