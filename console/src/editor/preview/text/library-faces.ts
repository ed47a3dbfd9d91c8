import { unpackCoverage } from '../../../../../functions/kernel/drawing/coverage.ts';
import { hasEmoji } from '../../../../../functions/kernel/drawing/text-markup.ts';
import type { Coverage } from '../../../../../functions/contracts/coverage.ts';
import type { FontList } from '../../../../../functions/contracts/studio-library.ts';
import {
  captionSettings,
  fileWith,
  neededFiles,
} from '../../../../../functions/studio/domain/painting/font-files.ts';
import type { CaptionSetting } from '../../../../../functions/studio/domain/painting/set-caption.ts';
import { type Face, loadFace } from './face.ts';
import type { FaceStack } from './shape-caption.ts';

/** A font of the library, with as much of its stack as a text needs. */
export interface LibraryFont extends CaptionSetting, FaceStack {}

/** The fonts of the library by their ids. Files are loaded when a text first needs them, and stay. */
export class LibraryFaces {
  readonly #library: FontList;
  readonly #load: (url: string) => Promise<ArrayBuffer>;
  readonly #coverages: ReadonlyMap<string, () => Coverage>;
  readonly #faces = new Map<string, Promise<Face>>();

  constructor(library: FontList, load: (url: string) => Promise<ArrayBuffer>) {
    this.#library = library;
    this.#load = load;
    this.#coverages = new Map(
      library.files.map(({ url, coverage }) => [url, once(() => unpackCoverage(coverage))]),
    );
  }

  /** The font as far as the text needs it. */
  async font(id: string, text: string): Promise<LibraryFont> {
    const font = this.#library.fonts.find((each) => each.id === id);
    if (font === undefined) {
      throw new Error(`The font ${id} was planned with, and is not in the library`);
    }
    const coverageOf = (url: string): Coverage | undefined => this.#coverages.get(url)?.();
    const urls = neededFiles(font.stack, coverageOf, text);
    const faces = await Promise.all(urls.map((url) => this.#face(url)));
    const faceAt = new Map(urls.map((url, index) => [url, faces[index]]));
    const [first] = faces;
    if (first === undefined) {
      throw new Error(`The font ${id} has no file`);
    }
    const emoji = faces.find(({ coloured }) => coloured);
    const known = new Map<string, Face>();
    const choose = (character: string): Face => {
      if (emoji !== undefined && hasEmoji(character)) {
        return emoji;
      }
      return faceAt.get(fileWith(urls, coverageOf, character) ?? '') ?? first;
    };
    return {
      ...captionSettings[font.style],
      faces,
      faceOf: (character) => {
        const face = known.get(character) ?? choose(character);
        known.set(character, face);
        return face;
      },
    };
  }

  async #face(url: string): Promise<Face> {
    const known = this.#faces.get(url);
    if (known !== undefined) {
      return await known;
    }
    const loading = this.#load(url).then(loadFace);
    this.#faces.set(url, loading);
    try {
      return await loading;
    } catch (error) {
      // The next caption tries again.
      this.#faces.delete(url);
      throw error;
    }
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
