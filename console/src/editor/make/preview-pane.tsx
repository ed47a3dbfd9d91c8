import { useEffect, useRef, useState } from 'preact/hooks';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import { inWords } from '../../in-words.ts';
import { createPreview, type PreviewState } from '../preview/preview.ts';
import type { StudioLibrary } from '../preview/studio-library.ts';
import type { LocalFiles } from '../state/files.ts';

interface Props {
  readonly recipe: RecipeInput;
  readonly files: LocalFiles;
  readonly library: StudioLibrary;
  readonly onState: (state: PreviewState) => void;
}

/** What was to be seen, as it moves: drawn here, from the recipe, as in the editor. */
export function PreviewPane({ recipe, files, library, onState }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [problem, setProblem] = useState<string>();
  const newest = useRef({ files, onState });
  newest.current = { files, onState };
  useEffect(() => {
    const preview = createPreview((upload) => newest.current.files.get(upload)?.blob, library);
    const controller = new AbortController();
    const { signal } = controller;
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const run = async (): Promise<void> => {
      const state = await preview.show(recipe);
      const paper = canvas.current;
      if (signal.aborted || paper === null) {
        return;
      }
      newest.current.onState(state);
      await preview.paint(paper, 0);
      const durationMs = state.plan?.durationMs ?? 0;
      if (isCalm || durationMs === 0) {
        return;
      }
      const began = performance.now();
      while (!signal.aborted) {
        await new Promise(requestAnimationFrame);
        await preview.paint(paper, (performance.now() - began) % durationMs);
      }
    };
    run().catch((error: unknown) => {
      if (!signal.aborted) {
        setProblem(inWords(error));
      }
    });
    return () => {
      controller.abort();
      preview.close();
    };
  }, [recipe, library]);
  return (
    <figure class="compare-pane">
      <div class="compare-frame">
        {problem === undefined ? (
          <canvas ref={canvas} class="compare-picture" role="img" aria-label="The preview" />
        ) : (
          <p class="hint">{problem}</p>
        )}
      </div>
      <figcaption class="compare-caption">Preview</figcaption>
    </figure>
  );
}
