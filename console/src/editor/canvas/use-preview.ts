import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { Plan } from '../../../../functions/studio/domain/plan.ts';
import { refusalInWords } from '../make/refusal-in-words.ts';
import type { createPreview, Preview, PreviewEstimate, Refusal } from '../preview/preview.ts';
import type { StudioLibrary } from '../preview/studio-library.ts';
import type { LocalFiles } from '../state/files.ts';
import { editorPointer, readyRecipe } from '../state/ready-recipe.ts';

/** What is on the canvas. */
export interface Shown {
  /** The newest plan that could be made; undefined before the first. */
  readonly plan: Plan | undefined;
  /** For each caption of the plan's recipe the index that it has in the editor. */
  readonly captions: readonly number[];
  /** Of the newest recipe, with pointers into the editor's. */
  readonly refusals: readonly Refusal[];
  readonly notes: readonly string[];
  readonly estimate: PreviewEstimate | undefined;
  /** When something that is needed cannot be loaded. */
  readonly error: unknown;
  /** Grows with every answer: it says when to paint again. */
  readonly round: number;
}

const nothing: Shown = {
  plan: undefined,
  captions: [],
  refusals: [],
  notes: [],
  estimate: undefined,
  error: undefined,
  round: 0,
};

/** Plans the recipe whenever it changes. */
export function usePreview(
  create: typeof createPreview,
  files: LocalFiles,
  library: StudioLibrary,
  recipe: RecipeInput,
): { readonly preview: Preview; readonly shown: Shown; readonly again: () => void } {
  const newestFiles = useRef(files);
  newestFiles.current = files;
  const preview = useMemo(
    () => create((upload) => newestFiles.current.get(upload)?.blob, library),
    [create, library],
  );
  useEffect(
    () => () => {
      preview.close();
    },
    [preview],
  );
  const [shown, setShown] = useState(nothing);
  const [attempt, setAttempt] = useState(0);
  // At once, not after the next frame: what is typed is seen in the frame in which it is typed.
  useLayoutEffect(() => {
    let isNewest = true;
    const ready = readyRecipe(recipe);
    const show = async (): Promise<void> => {
      try {
        const state = await preview.show(ready.recipe);
        if (isNewest) {
          setShown((last) => ({
            plan: state.plan ?? last.plan,
            captions: state.plan === undefined ? last.captions : ready.captions,
            refusals: state.refusals.map((refusal) => ({
              pointer: editorPointer(refusal.pointer, ready.captions),
              detail: refusalInWords(refusal),
            })),
            notes: state.notes,
            estimate: state.estimate,
            error: undefined,
            round: last.round + 1,
          }));
        }
      } catch (error) {
        if (isNewest) {
          setShown((last) => ({ ...last, error, round: last.round + 1 }));
        }
      }
    };
    void show();
    return () => {
      isNewest = false;
    };
  }, [preview, recipe, attempt]);
  return {
    preview,
    shown,
    again: () => {
      setAttempt((last) => last + 1);
    },
  };
}
