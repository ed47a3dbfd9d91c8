import type { FrameReader } from '../../domain/ports.ts';
import type { Size } from './movie-calls.ts';
import { MovieSession, type MovieLimits } from './movie-session.ts';
import { blameMovie } from './reading-movie.ts';

export interface MovieFramesOptions {
  /** Upright; frames are made smaller before they become RGBA, which saves most of the work. @default the movie's own */
  readonly size?: Size;
  /** @default fifteen seconds for a frame, five minutes for all of them */
  readonly limits?: MovieLimits;
}

const defaultLimits: MovieLimits = { stallMs: 15_000, totalMs: 300_000 };

/**
 * Reads frames of a movie by their index in `delaysMs` of its probe, upright, converted by what the movie says of its colours.
 * @throws PermanentError as `probeMovie` does
 */
export async function openMovieFrames(
  bytes: Uint8Array,
  { size, limits = defaultLimits }: MovieFramesOptions = {},
): Promise<FrameReader> {
  const session = new MovieSession(limits);
  try {
    const { width, height } = await session.ask('open', { bytes, size });
    return {
      width,
      height,
      frames: (indices) => readFrames(session, indices),
      close: () => session.close(),
    };
  } catch (error) {
    await session.close();
    throw blameMovie(error);
  }
}

/** While a frame is used, the next is decoded; not more. */
async function* readFrames(
  session: MovieSession,
  indices: readonly number[],
): AsyncGenerator<{ readonly index: number; readonly pixels: Uint8Array }, void, void> {
  const askNext = async () => {
    // Settled here, because a frame that nobody comes for any more may fail unseen.
    const [asked] = await Promise.allSettled([session.ask('next', undefined)]);
    return asked;
  };
  await session.ask('select', { indices });
  let ahead = askNext();
  try {
    for (;;) {
      const asked = await ahead;
      if (asked.status === 'rejected') {
        throw blameMovie(asked.reason);
      }
      if (asked.value === undefined) {
        return;
      }
      ahead = askNext();
      yield asked.value;
    }
  } finally {
    await ahead;
  }
}
