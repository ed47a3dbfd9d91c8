import { PermanentError } from '../../../../functions/kernel/errors.ts';
import { inputKey, readInputs } from '../../../../functions/studio/domain/known-inputs.ts';
import type { PlannedInput } from '../../../../functions/studio/domain/plan.ts';
import type { Recipe } from '../../../../functions/contracts/recipe.ts';
import type { StudioLibrary } from './studio-library.ts';
import { openSource } from './sources/open-source.ts';
import type { OpenedSource } from './sources/opened-source.ts';

/** What came of opening the files of a recipe, by `inputKey`. */
export interface OpenedInputs {
  readonly opened: ReadonlyMap<string, OpenedSource>;
  /** Files that cannot be used, with why. */
  readonly refused: ReadonlyMap<string, PermanentError>;
}

interface Opening {
  /** What was opened: another file under the same name is opened anew. */
  readonly file: Blob | string;
  readonly source: Promise<OpenedSource>;
}

/** Opens files once and keeps them open. */
export class InputOpener {
  readonly #files: (upload: string) => Blob | undefined;
  readonly #library: StudioLibrary;
  readonly #load: (url: string) => Promise<ArrayBuffer>;
  readonly #openings = new Map<string, Opening>();

  constructor(
    files: (upload: string) => Blob | undefined,
    library: StudioLibrary,
    load: (url: string) => Promise<ArrayBuffer>,
  ) {
    this.#files = files;
    this.#library = library;
    this.#load = load;
  }

  /** What is not there is in neither list. Rejects when something of the library cannot be loaded. */
  async open(recipe: Recipe): Promise<OpenedInputs> {
    const opened = new Map<string, OpenedSource>();
    const refused = new Map<string, PermanentError>();
    await Promise.all(
      readInputs(recipe).map(async (input) => {
        const key = inputKey(input) ?? '';
        const file = this.#fileOf(input);
        if (file === undefined) {
          return;
        }
        try {
          opened.set(key, await this.#opening(key, file));
        } catch (error) {
          if (!(error instanceof PermanentError)) {
            throw error;
          }
          refused.set(key, error);
        }
      }),
    );
    return { opened, refused };
  }

  close(): void {
    for (const { source } of this.#openings.values()) {
      source.then(
        (opened) => opened.close(),
        () => undefined,
      );
    }
    this.#openings.clear();
  }

  #fileOf(input: PlannedInput): Blob | string | undefined {
    switch (input.kind) {
      case 'upload':
        return this.#files(input.upload);
      case 'template':
        return this.#library.templates.find(({ id }) => id === input.template)?.picture;
      case 'sticker':
        return this.#library.stickers.find(({ id }) => id === input.sticker)?.picture;
      case 'colour':
      case 'gradient':
        return undefined;
    }
  }

  async #opening(key: string, file: Blob | string): Promise<OpenedSource> {
    const known = this.#openings.get(key);
    if (known?.file === file) {
      return await known.source;
    }
    known?.source.then(
      (opened) => opened.close(),
      () => undefined,
    );
    const source =
      typeof file === 'string'
        ? this.#load(file).then((bytes) => openSource(new Blob([bytes])))
        : openSource(file);
    this.#openings.set(key, { file, source });
    try {
      return await source;
    } catch (error) {
      // Loading may succeed another time; a file that cannot be used stays so.
      if (!(error instanceof PermanentError) && this.#openings.get(key)?.source === source) {
        this.#openings.delete(key);
      }
      throw error;
    }
  }
}
