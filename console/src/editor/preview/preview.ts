import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { PixelBox, Plan } from '../../../../functions/studio/domain/plan.ts';
import type { StudioLibrary } from './studio-library.ts';

/** What stands in the way of a recipe, at the part of it that causes it. */
export interface Refusal {
  /** JSON pointer into the recipe, such as `/captions/0/fromMs`; empty for all of it. */
  readonly pointer: string;
  /** A sentence for people. */
  readonly detail: string;
}

export interface PreviewState {
  /** Undefined when something was refused: what was painted last stays. */
  readonly plan?: Plan | undefined;
  readonly refusals: readonly Refusal[];
  /** What will be done otherwise than asked for, in sentences. */
  readonly notes: readonly string[];
  /** What making it will take; undefined without a plan. */
  readonly estimate?: PreviewEstimate | undefined;
}

export interface PreviewEstimate {
  /** How long making it takes, in milliseconds of the service. */
  readonly milliseconds: number;
  /** How large the file will be, roughly. */
  readonly bytes: number;
}

/** A small picture of what is shown from `atMs` on. The picture is the caller's to close. */
export interface Thumbnail {
  readonly atMs: number;
  readonly picture: ImageBitmap;
}

/** Draws in the browser what the service would make of a recipe. */
export interface Preview {
  /**
   * Plans the recipe and opens what it needs; the newest call wins: an older one that is not done yet answers what the newest does. Never rejects for what is
   * wrong with the recipe or a file of it: that is in `refusals`. Rejects with UnreachableError when something of the library cannot be loaded.
   */
  show(recipe: RecipeInput): Promise<PreviewState>;
  /**
   * Paints the frame that is seen at `atMs` (clamped) on the canvas, sized as the plan's canvas; resolves after painting. A request that a newer one has overtaken
   * resolves without painting.
   */
  paint(canvas: HTMLCanvasElement, atMs: number): Promise<void>;
  /** Small pictures for the timeline, spread evenly over what is shown, without captions and overlays. */
  thumbnails(count: number, height: number): Promise<readonly Thumbnail[]>;
  /** Where a caption's letters are (canvas pixels), for handles; undefined where it is not seen or was not painted yet. */
  captionBox(index: number, atMs: number): PixelBox | undefined;
  /** Gives back what is held of files. */
  close(): void;
}

/**
 * @param files what an upload of the recipe is, by its name in it (`local:<n>` or the server's id); undefined for what is not there
 */
export function createPreview(
  _files: (upload: string) => Blob | undefined,
  _library: StudioLibrary,
): Preview {
  throw new Error('The preview is being written');
}
