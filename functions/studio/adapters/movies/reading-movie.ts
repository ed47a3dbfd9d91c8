import { PermanentError } from '../../../kernel/errors.ts';
import { MovieSession, type MovieLimits } from './movie-session.ts';
import { MovieProcessLost } from './movie-process.ts';

/** Runs one question about a movie that was sent to us in a session of its own. @throws PermanentError */
export async function askOnce<T>(
  limits: MovieLimits,
  question: (session: MovieSession) => Promise<T>,
): Promise<T> {
  const session = new MovieSession(limits);
  try {
    return await question(session);
  } catch (error) {
    throw blameMovie(error);
  } finally {
    await session.close();
  }
}

/** A movie that cannot be read within the limits is refused as one that cannot be read at all: another try would end the same way. */
export function blameMovie(error: unknown): unknown {
  return error instanceof MovieProcessLost
    ? new PermanentError(
        'damaged-source',
        'The movie could not be read within the time and memory that there are for it: it is damaged, or much too long. Send a shorter one, or export it again.',
        { cause: error },
      )
    : error;
}
