import type { Recipe, RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { PixelBox, Plan, PlannedFrame } from '../../../../functions/studio/domain/plan.ts';
import { captionKey, CaptionSetter } from './caption-setter.ts';
import { estimateFile } from './estimate-file.ts';
import { fillRecipe } from './fill-recipe.ts';
import { FramePainter } from './frame-painter.ts';
import { loadFile } from './load-file.ts';
import { InputOpener } from './open-inputs.ts';
import { PaintingTurns } from './painting-turns.ts';
import { planRecipe } from './plan-recipe.ts';
import { paintScene, type Scene } from './scene.ts';
import type { StudioLibrary } from './studio-library.ts';
import { LibraryFaces } from './text/library-faces.ts';
import { thumbnailsOf } from './thumbnails.ts';

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

/** Where the lines of a caption stand before it is turned, in pixels of the canvas: for a caret. */
export interface CaptionLines {
  /** Of the letters, in pixels to the em. */
  readonly size: number;
  /** From one baseline to the next. */
  readonly pitch: number;
  /** The name under which canvases know its font. */
  readonly family: string;
  readonly lines: readonly {
    readonly text: string;
    readonly left: number;
    readonly baseline: number;
    readonly width: number;
  }[];
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
  /** Undefined where the caption is not seen, or has no letters. */
  captionLines(index: number, atMs: number): CaptionLines | undefined;
  /** Gives back what is held of files. */
  close(): void;
}

/** Fonts that were loaded, for all previews of a page. */
const facesOf = new WeakMap<StudioLibrary['fonts'], LibraryFaces>();

/**
 * @param files what an upload of the recipe is, by its name in it (`local:<n>` or the server's id); undefined for what is not there
 */
export function createPreview(files: (upload: string) => Blob | undefined, library: StudioLibrary): Preview {
  const faces = facesOf.get(library.fonts) ?? new LibraryFaces(library.fonts, loadFile);
  facesOf.set(library.fonts, faces);
  const opener = new InputOpener(files, library, loadFile);
  const setter = new CaptionSetter(faces);
  const turns = new WeakMap<HTMLCanvasElement, PaintingTurns>();
  const scenes = new WeakMap<HTMLCanvasElement, Scene>();
  let painter: FramePainter | undefined;
  let newest: Promise<PreviewState> | undefined;
  let shows = 0;

  const showNow = async (recipe: Recipe, own: number): Promise<PreviewState> => {
    const inputs = await opener.open(recipe);
    if (own !== shows && newest !== undefined) {
      return await newest;
    }
    const { plan, refusals } = planRecipe(recipe, inputs, library);
    if (plan === undefined) {
      return { refusals, notes: [] };
    }
    const captions = plan.layers.filter((layer) => layer.kind === 'caption');
    const set = await setter.setAll(captions);
    if (own !== shows && newest !== undefined) {
      return await newest;
    }
    painter = new FramePainter({ plan, opened: inputs.opened, captions: set }, painter);
    return {
      plan,
      refusals: captions.flatMap((caption) => {
        const its = set.get(captionKey(caption));
        return its?.kind === 'refused'
          ? [{ pointer: `/captions/${caption.index}/text`, detail: its.detail }]
          : [];
      }),
      notes: plan.notes,
      estimate: estimateFile(plan),
    };
  };

  return {
    show: async (recipe) => {
      shows += 1;
      const showing = showNow(fillRecipe(recipe), shows);
      newest = showing;
      return await showing;
    },
    paint: async (canvas, atMs) => {
      const turn = turns.get(canvas) ?? new PaintingTurns();
      turns.set(canvas, turn);
      await turn.take(async () => {
        const frame = painter?.frameAt(atMs);
        if (painter !== undefined && frame !== undefined) {
          await paintOn(canvas, painter, frame, scenes);
        }
      });
    },
    thumbnails: async (count, height) =>
      painter === undefined ? [] : await thumbnailsOf(painter, count, height),
    captionBox: (index, atMs) => {
      const frame = painter?.frameAt(atMs);
      return frame && painter?.captionBox(index, frame);
    },
    captionLines: (index, atMs) => {
      const frame = painter?.frameAt(atMs);
      return frame && painter?.captionLines(index, frame);
    },
    close: () => opener.close(),
  };
}

/** @param scenes what canvases show */
async function paintOn(
  canvas: HTMLCanvasElement,
  painter: FramePainter,
  frame: PlannedFrame,
  scenes: WeakMap<HTMLCanvasElement, Scene>,
): Promise<void> {
  // Prepared first: a canvas that gets another size is empty.
  if (!painter.isKnown(frame)) {
    await painter.prepare(frame);
  }
  const { width, height } = painter.plan.canvas;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    scenes.delete(canvas);
  }
  const context = canvas.getContext('2d');
  if (context === null) {
    throw new Error('The browser gives no canvas to draw on');
  }
  // A browser that is short of memory takes canvases away and gives them back empty.
  if (!scenes.has(canvas)) {
    canvas.addEventListener('contextrestored', () => scenes.delete(canvas), { once: true });
  }
  const scene = painter.scene(frame);
  paintScene(context, scene, scenes.get(canvas));
  scenes.set(canvas, scene);
}
