import type { RecipeInput } from '../../../../../functions/contracts/recipe.ts';
import type { PixelBox } from '../../../../../functions/studio/domain/plan.ts';
import type { PreviewState } from '../../../../../console/src/editor/preview/preview.ts';

/** What tests ask of the preview in its page. Bytes travel as base64. */
export interface PreviewHarness {
  /** Begins anew with these files, by their names. */
  open(files: Readonly<Record<string, string>>): Promise<void>;
  show(recipe: RecipeInput): Promise<PreviewState>;
  /** RGBA of the canvas after painting. */
  paint(atMs: number): Promise<{ readonly width: number; readonly height: number; readonly pixels: string }>;
  captionBox(index: number, atMs: number): PixelBox | undefined;
  thumbnails(
    count: number,
    height: number,
  ): Promise<readonly { readonly atMs: number; readonly width: number; readonly height: number }[]>;
  /** Shows and paints one recipe after the other, one a frame of the screen; how long each took, in milliseconds. */
  type(recipes: readonly RecipeInput[]): Promise<readonly number[]>;
  /** Paints these moments one after the other, one a frame of the screen at most; how long it took, in milliseconds. */
  scrub(moments: readonly number[]): Promise<number>;
}

declare global {
  // eslint-disable-next-line no-var -- a property of the page's global object
  var harness: PreviewHarness;
}
