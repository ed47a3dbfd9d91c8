import type { MovieReader } from '../../domain/ports.ts';
import { giveBack } from './channel.ts';
import { i420ToRgba } from './i420-to-rgba.ts';
import { limitedPlanes } from './limited-planes.ts';
import type { LyingFrame, OpenedMovie, Size } from './movie-calls.ts';
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
): Promise<MovieReader> {
  const session = new MovieSession(limits);
  try {
    const opened = await session.ask('open', { bytes, size });
    return {
      ...opened.upright,
      channels: 4,
      frames: (indices) => readFrames(session, indices, converter(opened)),
      planes: isPlain(opened) ? (indices) => readFrames(session, indices, limitedPlanes) : undefined,
      close: () => session.close(),
    };
  } catch (error) {
    await session.close();
    throw blameMovie(error);
  }
}

const isPlain = ({ upright, turn, matrix }: OpenedMovie): boolean =>
  matrix === 'bt709' &&
  turn.degrees === 0 &&
  !turn.isFlipped &&
  upright.width % 2 === 0 &&
  upright.height % 2 === 0;

function converter({ lying, matrix, turn }: OpenedMovie): (frame: LyingFrame) => Uint8Array {
  const { width, height } = lying;
  const limited = i420ToRgba(width, height, { matrix, isFullRange: false }, turn);
  const full = i420ToRgba(width, height, { matrix, isFullRange: true }, turn);
  return ({ planes, isFullRange }) => {
    const pixels = (isFullRange ? full : limited)(planes);
    giveBack(planes);
    return pixels;
  };
}

/** While a frame is used, the next is decoded; not more. */
async function* readFrames(
  session: MovieSession,
  indices: readonly number[],
  convert: (frame: LyingFrame) => Uint8Array,
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
      yield { index: asked.value.index, pixels: convert(asked.value) };
    }
  } finally {
    await ahead;
  }
}
