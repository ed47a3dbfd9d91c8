import { editRecipe, type Edit, type LookInput } from './document.ts';

export type LookName = LookInput['look'];

const mostLooks = 20;

export const lookOf = (looks: readonly LookInput[] | undefined, name: LookName): LookInput | undefined =>
  looks?.find(({ look }) => look === name);

/** Adds it after the others, or puts it in the place of the one with its name. */
export const setLook = (look: LookInput): Edit =>
  editRecipe((recipe) => {
    const looks = recipe.looks ?? [];
    if (lookOf(looks, look.look) !== undefined) {
      return { ...recipe, looks: looks.map((each) => (each.look === look.look ? look : each)) };
    }
    return looks.length >= mostLooks ? recipe : { ...recipe, looks: [...looks, look] };
  });

export const removeLook = (name: LookName): Edit =>
  editRecipe((recipe) => {
    const looks = recipe.looks ?? [];
    return lookOf(looks, name) === undefined
      ? recipe
      : { ...recipe, looks: looks.filter(({ look }) => look !== name) };
  });

export const removeAllLooks: Edit = editRecipe((recipe) =>
  (recipe.looks ?? []).length === 0 ? recipe : { ...recipe, looks: [] },
);
