import type * as z from 'zod';
import { toPointer } from '../../contracts/json-pointer.ts';
import { recipeSchema, type Recipe } from '../../contracts/recipe.ts';
import { HttpProblem } from '../../kernel/http-problem.ts';
import { normaliseCaption, refusalOfCaption } from './caption-text.ts';
import { Refusals } from './refusals.ts';

/**
 * A recipe as a client sends it, with its defaults, and with its captions as they are drawn.
 *
 * @throws HttpProblem 422 `invalid-recipe` with a JSON Pointer for everything that is not of its shape, and for captions that hide something
 */
export function readRecipe(input: unknown): Recipe {
  const parsed = recipeSchema.safeParse(input);
  if (parsed.success) {
    return withCaptions(parsed.data);
  }
  const errors = parsed.error.issues.flatMap((issue) => errorsOf(issue, []));
  throw new HttpProblem(
    422,
    'invalid-recipe',
    errors[0] === undefined
      ? 'This is not a recipe.'
      : `${errors[0].pointer || 'The recipe'}: ${errors[0].detail}`,
    { errors },
  );
}

function withCaptions(recipe: Recipe): Recipe {
  const refusals = new Refusals();
  const captions = recipe.captions.map((caption, index) => {
    const text = normaliseCaption(caption.text);
    const refusal = refusalOfCaption(text);
    if (refusal !== undefined) {
      refusals.add(`/captions/${index}/text`, refusal);
    }
    return { ...caption, text };
  });
  refusals.throwIfAny();
  return { ...recipe, captions };
}

function errorsOf(
  issue: z.core.$ZodIssue,
  parents: readonly PropertyKey[],
): { pointer: string; detail: string }[] {
  const path = [...parents, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: toPointer([...path, key]), detail: 'There is no such key.' }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // What somebody meant is the alternative that fits best: the one with the least wrong with it, as deep as can be.
    const [nearest] = issue.errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length);
    return (nearest ?? []).flatMap((inner) => errorsOf(inner, path));
  }
  return [{ pointer: toPointer(path), detail: issue.message }];
}

const depth = (issues: readonly z.core.$ZodIssue[]): number =>
  Math.max(0, ...issues.map(({ path, code }) => path.length + (code === 'unrecognized_keys' ? 1 : 0)));
