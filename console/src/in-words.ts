import { PermanentError } from '../../functions/kernel/errors.ts';
import { RefusedError, UnexpectedAnswerError, UnreachableError } from './api/errors.ts';
import { StorageError } from './api/storage-error.ts';
import { SignInError } from './sign-in/sign-in-error.ts';

/** What went wrong, as a sentence for people. */
export function inWords(error: unknown): string {
  if (error instanceof RefusedError) {
    return error.problem.detail;
  }
  if (error instanceof PermanentError || error instanceof SignInError) {
    // What the studio's modules say of a file, here as in the service; what the sign-in says is for people too.
    return error.message;
  }
  if (error instanceof StorageError) {
    return error.sentence;
  }
  if (error instanceof UnreachableError) {
    return 'There is no connection to Fanfare. Check your network and try again.';
  }
  if (error instanceof UnexpectedAnswerError) {
    return 'Fanfare’s answer could not be understood. Are you signed in to this network? Reload the page and try again.';
  }
  reportError(error);
  return 'Something went wrong in this page. Reload it and try again.';
}
