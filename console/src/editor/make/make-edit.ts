import type { Edit } from '../../../../functions/contracts/edit.ts';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import { RefusedError } from '../../api/errors.ts';
import { type Patience, withPatience } from '../../api/patience.ts';
import { deleteEdit, postEdit } from '../../api/studio.ts';
import type { LocalFiles } from '../state/files.ts';
import { sendFiles } from './send-files.ts';
import { renameUploads, uploadsOf } from './uploads-of.ts';
import { watchEdit } from './watch-edit.ts';

/** How far it has come. */
export type MakingStage = 'sending' | 'waiting' | 'making';

export interface Making extends Omit<Patience, 'attempts'> {
  /** With uploads named `local:<n>`, and no empty caption. */
  readonly recipe: RecipeInput;
  readonly files: LocalFiles;
  readonly onStage: (stage: MakingStage) => void;
  /** The fraction of the files that is sent, 0 to 1. */
  readonly onProgress: (fraction: number) => void;
  /** The service has taken it: from now on it goes on without this page. */
  readonly onAsked: (asked: Made) => void;
  /** Some of the files were sent, or are no longer there. */
  readonly onFiles: (files: LocalFiles) => void;
}

export interface Made {
  readonly edit: Edit;
  /** As it was sent, with the server's names of uploads. */
  readonly recipe: RecipeInput;
}

/**
 * Sends what a recipe needs, asks for it, and waits for its end. Answers the edit that is done or failed.
 *
 * When `signal` is aborted, what was begun is stopped, and what was sent is erased.
 * @throws RefusedError with pointers into the recipe, UnfitFileError, or what `sendFiles`, `postEdit` and `watchEdit` throw
 */
export async function makeEdit(making: Making): Promise<Made> {
  const { signal } = making;
  let { files } = making;
  const onFiles = (next: LocalFiles): void => {
    files = next;
    making.onFiles(next);
  };
  const names = uploadsOf(making.recipe).filter((name) => files.has(name));
  const forget = (): void => {
    onFiles(
      new Map(
        [...files].map(([name, file]) => [
          name,
          names.includes(name) ? { ...file, uploaded: undefined } : file,
        ]),
      ),
    );
  };
  const once = async (): Promise<Made> => {
    making.onStage('sending');
    await sendFiles({
      ...making,
      files,
      names,
      onSent: (name, id) => {
        const file = files.get(name);
        if (file !== undefined) {
          onFiles(new Map([...files, [name, { ...file, uploaded: id }]]));
        }
      },
    });
    const recipe = renameUploads(making.recipe, (name) => files.get(name)?.uploaded ?? name);
    making.onStage('making');
    const edit = await askFor(recipe, making, forget);
    making.onAsked({ recipe, edit });
    return { recipe, edit: await follow(edit, recipe, making, forget) };
  };
  try {
    return await once();
  } catch (error) {
    // The service keeps uploads for a day, and this page may be older.
    if (!signal.aborted && isUnknownUpload(error) && names.length > 0) {
      forget();
      return await once();
    }
    throw error;
  }
}

const isUnknownUpload = (error: unknown): boolean =>
  error instanceof RefusedError && error.problem.type === '/problems/unknown-upload';

/** A request on its way cannot be called back: who cancels meanwhile has it erased as soon as its name is known. */
async function askFor(recipe: RecipeInput, { signal, onPause }: Making, forget: () => void): Promise<Edit> {
  signal.throwIfAborted();
  const own = new AbortController();
  const asked = withPatience(() => postEdit(recipe, own.signal), { signal, onPause });
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => {
    forget();
    asked.then(
      (edit) => eraseUnwanted(edit, recipe),
      () => {
        // Refused, or given up during a pause: nothing was begun.
      },
    );
    reject(signal.reason);
  };
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([asked, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

async function follow(edit: Edit, recipe: RecipeInput, making: Making, forget: () => void): Promise<Edit> {
  const { signal, onStage, onPause } = making;
  if (edit.state === 'done' || edit.state === 'failed') {
    return edit;
  }
  const onEdit = ({ state }: Edit): void => {
    onStage(state === 'accepted' ? 'waiting' : 'making');
  };
  onEdit(edit);
  try {
    return await watchEdit(edit.id, { signal, onPause, onEdit });
  } catch (error) {
    if (signal.aborted) {
      forget();
      eraseUnwanted(edit, recipe);
    }
    throw error;
  }
}

/**
 * Stops what is being made, and erases what was sent for it. What was made of nothing but the studio's own pictures may be another's, too, who asked for the same:
 * it stays when it is done.
 */
function eraseUnwanted({ id, state }: Edit, recipe: RecipeInput): void {
  if (state === 'done' && uploadsOf(recipe).length === 0) {
    return;
  }
  deleteEdit(id, new AbortController().signal).catch((error: unknown) => {
    // Who cancelled has left: what cannot be erased now ends by itself, the uploads after a day.
    reportError(error);
  });
}
