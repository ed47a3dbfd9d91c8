import { PermanentError } from '../../../../kernel/errors.ts';

export const acceptedMoviesInWords = 'MP4 or MOV with H.264, or WebM with VP8 or VP9';

export const damaged = (cause?: unknown): PermanentError =>
  new PermanentError(
    'damaged-source',
    `The movie is damaged or incomplete and could not be read. Send it again, or another one (${acceptedMoviesInWords}).`,
    { cause },
  );

/** Failures of this machine, not of the movie: worth another try. */
const notTheMovie = /out of memory|cannot allocate|allocation failed|which is not installed/iu;

/** What the demultiplexer or decoder stumbled over is the movie's fault, unless this machine lacked something. */
export function asDamaged(error: unknown): unknown {
  return error instanceof PermanentError || (error instanceof Error && notTheMovie.test(error.message))
    ? error
    : damaged(error);
}
