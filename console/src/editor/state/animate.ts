import { compact, editRecipe, type CaptionInput, type Edit } from './document.ts';

/** Between one text and the next, and after the last. */
const stepMs = 900;
const fadeMs = 300;
const restMs = 1800;

/** The texts of a still come one after the other and stay: an animation. */
export const appearOneByOne: Edit = editRecipe((recipe) => {
  const captions = recipe.captions ?? [];
  const endMs = captions.length * stepMs + restMs;
  return captions.length === 0
    ? recipe
    : {
        ...recipe,
        captions: captions.map((caption, index) =>
          appearing(caption, (index + (captions.length === 1 ? 1 : 0)) * stepMs, endMs),
        ),
        output: { ...recipe.output, format: 'gif' },
      };
});

const appearing = (caption: CaptionInput, fromMs: number, toMs: number): CaptionInput =>
  compact({ ...caption, fromMs: fromMs === 0 ? undefined : fromMs, toMs, fadeMs });
