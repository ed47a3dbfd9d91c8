import type { EditFailure } from '../../../../functions/contracts/edit.ts';
import { RefusedError } from '../../api/errors.ts';
import { StorageError } from '../../api/storage-error.ts';
import { inWords } from '../../in-words.ts';
import type { Refusal } from '../preview/preview.ts';
import { editorPointer } from '../state/ready-recipe.ts';
import { refusalInWords } from './refusal-in-words.ts';
import { UnfitFileError } from './send-files.ts';

/** Why nothing was made. With refusals it is mended in the editor; without them it is tried again. */
export interface Trouble {
  readonly sentence: string;
  /** With pointers into the editor's recipe. */
  readonly refusals: readonly Refusal[];
}

/** @param captions for each caption that was sent the index that it has in the editor */
export function troubleOf(error: unknown, captions: readonly number[]): Trouble {
  if (error instanceof RefusedError) {
    return trouble(error.problem.detail, error.problem.errors ?? [], captions);
  }
  if (error instanceof UnfitFileError) {
    return { sentence: error.message, refusals: [{ pointer: '/source', detail: error.message }] };
  }
  if (error instanceof StorageError) {
    const isTooLarge = error.code === 'EntityTooLarge';
    return {
      sentence: isTooLarge
        ? 'One of the files is too large. Choose a smaller one.'
        : 'The file was not accepted. Try again.',
      refusals: [],
    };
  }
  return { sentence: inWords(error), refusals: [] };
}

/** Of an edit that has failed. */
export const troubleOfFailure = ({ message, errors }: EditFailure, captions: readonly number[]): Trouble =>
  trouble(message, errors ?? [], captions);

function trouble(detail: string, errors: readonly Refusal[], captions: readonly number[]): Trouble {
  const refusals = errors.map((each) => ({
    pointer: editorPointer(each.pointer, captions).replace(/^\/recipe(?=\/|$)/u, ''),
    detail: refusalInWords(each),
  }));
  const [first] = refusals;
  return {
    // What is said of one place says more there than in general.
    sentence:
      errors.length === 1 && first !== undefined ? first.detail : refusalInWords({ pointer: '', detail }),
    refusals,
  };
}
