import { toRgba } from '../../../../functions/kernel/drawing/channels.ts';
import { createFonts } from '../../../../functions/studio/adapters/library-fonts.ts';
import { openMovieFrames } from '../../../../functions/studio/adapters/movies/open-movie-frames.ts';
import { openPixels } from '../../../../functions/studio/adapters/open-pixels.ts';
import { probeAnySource } from '../../../../functions/studio/adapters/probe-any-source.ts';
import { createPainter } from '../../../../functions/studio/adapters/sharp-painter.ts';
import type { StudioLibrary } from '../../../../functions/studio/domain/edit-ports.ts';
import { prepareEdit } from '../../../../functions/studio/domain/prepare-edit.ts';
import { readRecipe } from '../../../../functions/studio/domain/read-recipe.ts';
import type { Plan, PlannedFrame } from '../../../../functions/studio/domain/plan.ts';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';

export interface Painted {
  readonly plan: Plan;
  /** RGBA of the frames seen at the moments that were asked for. */
  readonly pictures: readonly Uint8Array[];
}

/** What the service's own code paints of a recipe, before anything is encoded. */
export async function paintWithSharp(
  library: StudioLibrary,
  uploads: ReadonlyMap<string, Uint8Array>,
  recipe: RecipeInput,
  moments: readonly number[],
): Promise<Painted> {
  const { planned } = await prepareEdit(
    {
      library,
      probe: probeAnySource,
      uploads: {
        look: async (id) => {
          const bytes = uploads.get(id);
          return bytes && { etag: id, size: bytes.length };
        },
        get: async (id) => uploads.get(id),
        delete: async () => undefined,
      },
    },
    readRecipe(recipe),
  );
  if (planned === undefined) {
    throw new Error('The recipe was not planned');
  }
  const { plan, inputs } = planned;
  const seen = moments.map((atMs) => frameAt(plan, atMs));
  const frames = plan.frames.filter((frame) => seen.includes(frame));
  const some = { ...plan, frames };
  const { pixels, close } = await openPixels({ openMovie: (bytes) => openMovieFrames(bytes) }, some, inputs);
  try {
    const painter = createPainter(some, { font: createFonts(library), pixels });
    const painted = new Map<PlannedFrame, Uint8Array>();
    for (const frame of frames) {
      painted.set(frame, toRgba(await painter.paint(frame)).data);
    }
    return { plan, pictures: seen.map((frame) => painted.get(frame) ?? new Uint8Array()) };
  } finally {
    await close();
  }
}

function frameAt({ frames }: Plan, atMs: number): PlannedFrame {
  const frame = frames.findLast((each) => each.atMs <= atMs);
  if (frame === undefined) {
    throw new Error('The plan has no frame');
  }
  return frame;
}
