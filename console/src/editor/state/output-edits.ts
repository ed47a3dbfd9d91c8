import type { StudioFormat } from '../../../../functions/contracts/recipe.ts';
import { compact, editRecipe, type Edit, type OutputInput } from './document.ts';

export const stillFormats = ['jpeg', 'png', 'webp', 'avif'] as const satisfies readonly StudioFormat[];
export const movingFormats = ['gif', 'mp4', 'webp', 'webm'] as const satisfies readonly StudioFormat[];

export const canBeStill = (format: StudioFormat): boolean => stillFormats.some((each) => each === format);
export const canMove = (format: StudioFormat): boolean => movingFormats.some((each) => each === format);

export const changeOutput = (change: Partial<OutputInput>): Edit =>
  editRecipe((recipe) => ({ ...recipe, output: compact({ ...recipe.output, ...change }) }));

/**
 * Another format, without what it cannot do.
 *
 * @param stillAtMs the moment of which a picture is made, when a still is wanted of something that moves
 */
export const chooseFormat = (format: StudioFormat, stillAtMs: number | undefined): Edit =>
  editRecipe((recipe) => {
    const { dither, ...output } = recipe.output;
    const isStill = stillAtMs !== undefined || !canMove(format);
    const { loop: _, ...timeline } = recipe.timeline ?? {};
    const { timeline: __, ...rest } = recipe;
    return {
      ...(isStill && recipe.timeline !== undefined
        ? { ...rest, ...(Object.keys(timeline).length > 0 ? { timeline } : {}) }
        : recipe),
      output: compact({
        ...output,
        ...(dither !== undefined && format === 'gif' ? { dither } : {}),
        format,
        stillAtMs: stillAtMs === undefined ? undefined : Math.round(stillAtMs),
      }),
    };
  });
