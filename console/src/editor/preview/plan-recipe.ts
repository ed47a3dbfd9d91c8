import type { Recipe } from '../../../../functions/contracts/recipe.ts';
import { HttpProblem } from '../../../../functions/kernel/http-problem.ts';
import type { KnownInputs } from '../../../../functions/studio/domain/known-inputs.ts';
import { makePlan } from '../../../../functions/studio/domain/make-plan.ts';
import { placesOf } from '../../../../functions/studio/domain/named-inputs.ts';
import type { Plan } from '../../../../functions/studio/domain/plan.ts';
import type { OpenedInputs } from './open-inputs.ts';
import type { Refusal } from './preview.ts';
import type { StudioLibrary } from './studio-library.ts';

export type Planned =
  | { readonly plan: Plan; readonly refusals: readonly [] }
  | { readonly plan: undefined; readonly refusals: readonly Refusal[] };

/** Plans a recipe as the service does, of files that were opened. */
export function planRecipe(
  recipe: Recipe,
  { opened, refused }: OpenedInputs,
  { templates, fonts }: StudioLibrary,
): Planned {
  const places = placesOf(recipe);
  const unusable = [...refused].flatMap(([key, { message }]) =>
    (places.get(key) ?? []).map((pointer) => ({ pointer, detail: message })),
  );
  if (unusable.length > 0) {
    return { plan: undefined, refusals: unusable };
  }
  const known: KnownInputs = {
    probes: new Map([...opened].map(([key, { probed }]) => [key, probed])),
    templates: new Map(templates.map((template) => [template.id, template])),
    fonts: new Set(fonts.fonts.map(({ id }) => id)),
  };
  try {
    return { plan: makePlan(recipe, known), refusals: [] };
  } catch (error) {
    if (error instanceof HttpProblem) {
      return {
        plan: undefined,
        refusals: error.problem.errors ?? [{ pointer: '', detail: error.problem.detail }],
      };
    }
    throw error;
  }
}
