import type { ProbedSource } from '../../domain/ports.ts';
import type { MovieLimits } from './movie-session.ts';
import { askOnce } from './reading-movie.ts';

/** A clip of 50 MB is probed in a fraction of a second. */
const defaultLimits: MovieLimits = { stallMs: 10_000, totalMs: 10_000 };

/**
 * Finds out what a movie is: MP4 or MOV with H.264, WebM with VP8 or VP9. Its first frame is decoded, so that what is answered can be read.
 * @throws PermanentError `not-a-movie`, `audio-only`, `unsupported-codec`, `encrypted-movie`, `too-many-pixels` or `damaged-source`, with what to send instead
 */
export async function probeMovie(
  bytes: Uint8Array,
  limits: MovieLimits = defaultLimits,
): Promise<ProbedSource> {
  return await askOnce(limits, (session) => session.ask('probe', { bytes }));
}
