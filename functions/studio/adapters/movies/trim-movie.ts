import type { TrimmedMovie, TrimOptions } from './movie-calls.ts';
import type { MovieLimits } from './movie-session.ts';
import { askOnce } from './reading-movie.ts';

const defaultLimits: MovieLimits = { stallMs: 15_000, totalMs: 15_000 };

/**
 * Cuts a part out of a movie without decoding it, in milliseconds. Times are from the first frame.
 * @returns undefined where copying would not give exactly the frames of the part: it does not begin with a key frame, or the format is of another kind
 * @throws PermanentError as `probeMovie` does
 */
export async function trimMovie(
  options: TrimOptions,
  limits: MovieLimits = defaultLimits,
): Promise<TrimmedMovie | undefined> {
  return await askOnce(limits, (session) => session.ask('trim', options));
}
