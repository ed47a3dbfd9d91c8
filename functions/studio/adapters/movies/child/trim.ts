import {
  BufferTarget,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny';
import type { MovieFormat, TrimOptions, TrimmedMovie } from '../movie-calls.ts';
import { copySound, soundOf } from './copy-sound.ts';
import { asDamaged, damaged } from './damaged.ts';
import type { IndexedFrame } from './index-frames.ts';
import { openMovieFile, type DecodedCodec, type MovieFile } from './movie-file.ts';

const codecsOf: Readonly<Record<MovieFormat, readonly DecodedCodec[]>> = {
  mp4: ['avc'],
  webm: ['vp8', 'vp9'],
};

/**
 * Copies a part of a movie without decoding it. Answers undefined where that would not be the same moments: when the part does not begin with a key frame or
 * another frame needs one that is cut off, or when the container is of another kind.
 */
export async function trim(
  options: TrimOptions,
): Promise<(TrimmedMovie & { readonly bytes: Uint8Array<ArrayBuffer> }) | undefined> {
  try {
    const movie = await openMovieFile(options.bytes);
    try {
      return await trimFile(movie, options);
    } finally {
      movie.close();
    }
  } catch (error) {
    throw asDamaged(error);
  }
}

async function trimFile(movie: MovieFile, { format, fromMs, toMs, keepSound }: TrimOptions) {
  const { frames, first } = movie.index;
  const origin = Math.max(0, frames[first]?.timestamp ?? 0);
  const seen = frames.slice(first);
  // A frame belongs to the part when it begins in it, give or take what rounding to milliseconds does.
  const tolerance = 0.000_6;
  const part = seen.filter(
    ({ timestamp }) =>
      timestamp - origin >= fromMs / 1000 - tolerance && timestamp - origin < toMs / 1000 - tolerance,
  );
  const [start] = part;
  if (start === undefined || !start.isKey || !codecsOf[format].includes(movie.codec) || !isWhole(part)) {
    return undefined;
  }
  const config = await movie.track.getDecoderConfig();
  const startPacket = await movie.sink.getPacket(start.timestamp);
  if (config === null || startPacket === null) {
    throw damaged();
  }
  const output = new Output({
    format: format === 'mp4' ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat(),
    target: new BufferTarget(),
  });
  const video = new EncodedVideoPacketSource(movie.codec);
  output.addVideoTrack(video, { rotation: movie.turn.degrees, flip: movie.turn.isFlipped });
  const from = (start.timestamp - origin) * 1000;
  const source = keepSound ? await soundOf(movie, from, toMs, format) : undefined;
  const audio = source?.addTo(output);
  await output.start();
  let left = part.length;
  let end = start.timestamp;
  for await (const packet of movie.sink.packets(startPacket)) {
    if (left === 0) {
      break;
    }
    left -= 1;
    end = Math.max(end, packet.timestamp + packet.duration);
    await video.add(packet.clone({ timestamp: packet.timestamp - start.timestamp }), {
      decoderConfig: config,
    });
  }
  video.close();
  await (source !== undefined && audio !== undefined ? copySound(source, audio) : undefined);
  await output.finalize();
  const { buffer } = output.target;
  if (buffer === null) {
    throw new Error('The movie was not finished');
  }
  const sound = source?.sound ?? { sound: 'none' as const };
  return {
    bytes: new Uint8Array(buffer),
    durationMs: Math.round((end - start.timestamp) * 1e6) / 1000,
    frames: part.length,
    sound,
  };
}

/** Whether the frames of the part are those that follow each other in order of decoding, and the first of them comes first. */
function isWhole(part: readonly IndexedFrame[]): boolean {
  const [start] = part;
  const last = part.reduce((latest, { packet }) => Math.max(latest, packet), 0);
  return (
    start !== undefined &&
    part.every(({ packet }) => packet >= start.packet) &&
    last - start.packet === part.length - 1
  );
}
