import type { InputVideoTrack } from 'mediabunny';
import type { ProbedSource } from '../../../domain/ports.ts';
import { asDamaged, damaged } from './damaged.ts';
import { decodeFrames } from './decode-frames.ts';
import { openMovieFile, type MovieFile } from './movie-file.ts';

/** @throws PermanentError for what is no movie that can be read, and for what is cut off */
export async function probe(bytes: Uint8Array): Promise<ProbedSource> {
  try {
    const movie = await openMovieFile(bytes);
    try {
      await tryIt(movie);
      const delaysMs = await delaysOf(movie);
      return {
        kind: 'movie',
        contentType: movie.contentType,
        ...movie.upright,
        delaysMs,
        durationMs: exact(delaysMs.reduce((sum, delay) => sum + delay, 0)),
        hasTransparency: false,
        audio: movie.audioCodec,
        colour: movie.colour,
        bytes: bytes.length,
      };
    } finally {
      movie.close();
    }
  } catch (error) {
    throw asDamaged(error);
  }
}

/** The table of a file that was cut off, or is of a codec's rarer profile, promises what only decoding can keep. */
async function tryIt(movie: MovieFile): Promise<void> {
  const { frames } = movie.index;
  const last = frames.at(-1);
  const lastPacket = await movie.sink.getPacket(last?.timestamp ?? 0);
  if (lastPacket === null || lastPacket.data.length === 0) {
    throw damaged();
  }
  for await (const { planes } of decodeFrames(movie, [0], movie.lying)) {
    if (planes.length === 0) {
      throw damaged();
    }
  }
}

/** Each frame's time to the next. The last one's own is not in every WebM: there it is what the file lasts longer, or the frame before did. */
async function delaysOf({ index: { frames, first }, track }: MovieFile): Promise<number[]> {
  const seen = frames.slice(first);
  // To the microsecond, which is what the decoder and the container have; of the times, so that what is lost does not add up.
  const starts = seen.map(({ timestamp }) => Math.round(Math.max(0, timestamp) * 1e6) / 1e6);
  const last = starts.at(-1) ?? 0;
  const ownLast = seen.at(-1)?.duration ?? 0;
  const end = ownLast > 0 ? last + ownLast : await endOf(track, last, last - (starts.at(-2) ?? last));
  return starts.map((start, place) => exact(((starts[place + 1] ?? end) - start) * 1000));
}

async function endOf(track: InputVideoTrack, last: number, before: number): Promise<number> {
  const end = (await track.getDurationFromMetadata()) ?? 0;
  return end > last ? end : last + before;
}

/** Milliseconds to the microsecond. */
const exact = (ms: number): number => Math.round(ms * 1000) / 1000;
