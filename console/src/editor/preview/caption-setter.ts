import { PermanentError } from '../../../../functions/kernel/errors.ts';
import { setCaption, type SetCaption } from '../../../../functions/studio/domain/painting/set-caption.ts';
import type { PlannedCaption } from '../../../../functions/studio/domain/plan.ts';
import { createSurface } from './surface.ts';
import type { LibraryFaces } from './text/library-faces.ts';
import { shapeCaption, type ShapedCaption } from './text/shape-caption.ts';
import { TextRuler } from './text/text-ruler.ts';

/** A caption that fits, in its lines; nothing is drawn when it has no ink. Or why it does not fit. */
export type CaptionSet =
  | { readonly kind: 'set'; readonly set: SetCaption<ShapedCaption> | undefined }
  | { readonly kind: 'refused'; readonly detail: string };

/** Sets captions in their boxes. What was set last is kept. */
export class CaptionSetter {
  readonly #faces: LibraryFaces;
  readonly #ruler = new TextRuler(createSurface(1, 1).context);
  #kept = new Map<string, CaptionSet>();

  constructor(faces: LibraryFaces) {
    this.#faces = faces;
  }

  /** All captions of a plan, by `captionKey`. Rejects when a font cannot be loaded. */
  async setAll(captions: readonly PlannedCaption[]): Promise<ReadonlyMap<string, CaptionSet>> {
    const kept = new Map<string, CaptionSet>();
    for (const caption of captions) {
      const key = captionKey(caption);
      kept.set(key, this.#kept.get(key) ?? (await this.#set(caption)));
    }
    this.#kept = kept;
    return kept;
  }

  async #set(caption: PlannedCaption): Promise<CaptionSet> {
    const font = await this.#faces.font(caption.font, caption.text);
    try {
      const set = await setCaption(caption, font, (design, text) =>
        shapeCaption(design, text, font, this.#ruler),
      );
      return { kind: 'set', set };
    } catch (error) {
      if (error instanceof PermanentError) {
        return { kind: 'refused', detail: error.message };
      }
      throw error;
    }
  }
}

/** What a caption looks like, whichever of the recipe it is. */
export const captionKey = (caption: PlannedCaption): string => JSON.stringify({ ...caption, index: 0 });
