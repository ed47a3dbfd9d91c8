import type { LyingFrame, Size } from '../movie-calls.ts';
import { asDamaged, damaged } from './damaged.ts';
import { copyPlanes } from './copy-planes.ts';
import type { MovieFile } from './movie-file.ts';
import { planRuns, type DecoderRun } from './plan-runs.ts';
import { openDecoder, type Decoder } from './decoder.ts';
import type { NativeFrame } from './webcodecs.ts';

/**
 * Decodes frames by their index, ascending, and nothing after the last of them. Where a key frame lies between two, decoding goes on from there.
 * @param lying the size they are wanted in
 * @throws PermanentError `damaged-source`
 */
export async function* decodeFrames(
  movie: MovieFile,
  indices: readonly number[],
  lying: Size,
): AsyncGenerator<LyingFrame, void, void> {
  const { first } = movie.index;
  const decoder = openDecoder(movie);
  try {
    const places = indices.map((index) => index + first);
    for (const run of planRuns(movie.index, places)) {
      for await (const { place, frame } of decodeRun(movie, decoder, run)) {
        yield { index: place - first, ...copyPlanes(frame, lying, movie.space.isFullRange) };
      }
      decoder.restart();
    }
  } catch (error) {
    throw asDamaged(error);
  } finally {
    decoder.close();
  }
}

interface PlacedFrame {
  /** In the index. */
  readonly place: number;
  /** Closed when the next one is asked for. */
  readonly frame: NativeFrame;
}

async function* decodeRun(
  movie: MovieFile,
  decoder: Decoder,
  { start, wanted }: DecoderRun,
): AsyncGenerator<PlacedFrame, void, void> {
  const from = movie.index.frames[start]?.timestamp ?? Number.NaN;
  const startPacket = await movie.sink.getPacket(from);
  if (startPacket === null) {
    throw damaged();
  }
  const pick = picker(start, wanted);
  for await (const packet of movie.sink.packets(startPacket)) {
    // What follows a key frame but is shown before it refers to frames that were left out.
    if (packet.timestamp >= from) {
      yield* pick.from(decoder.decode(packet));
    }
    if (pick.isDone()) {
      return;
    }
  }
  yield* pick.from(decoder.flush());
  if (!pick.isDone()) {
    throw damaged();
  }
}

/** The decoder gives frames in order of presentation, with the times of other packets: they are counted. */
function picker(start: number, wanted: readonly number[]) {
  let place = start;
  let picked = 0;
  return {
    isDone: (): boolean => picked === wanted.length,
    *from(frames: Iterable<NativeFrame>): Generator<PlacedFrame, void, void> {
      for (const frame of frames) {
        try {
          if (place === wanted[picked]) {
            picked += 1;
            yield { place, frame };
          }
        } finally {
          frame.close();
        }
        place += 1;
      }
    },
  };
}
