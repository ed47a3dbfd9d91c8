import {
  EncodedAudioPacketSource,
  EncodedPacketSink,
  type EncodedPacket,
  type InputAudioTrack,
  type Output,
} from 'mediabunny';
import { formats } from '../../../domain/formats.ts';
import type { MovieFormat, Sound, SoundSource } from '../movie-calls.ts';
import { asDamaged } from './damaged.ts';
import { openMovieFile, type MovieFile } from './movie-file.ts';

/** A track of sound whose packets can be written to another movie as they are. */
export interface OpenSound {
  readonly sound: Sound;
  readonly track: InputAudioTrack | undefined;
  /** Which packets, in seconds of the source's track. */
  readonly from: number;
  readonly to: number;
  /** The track in the output, undefined when the sound is dropped. To be called before the output is started. */
  addTo(output: Output): EncodedAudioPacketSource | undefined;
  close(): void;
}

export async function openSound(
  { bytes, fromMs, toMs }: SoundSource,
  format: MovieFormat,
): Promise<OpenSound> {
  try {
    const movie = await openMovieFile(bytes);
    return { ...(await soundOf(movie, fromMs, toMs, format)), close: () => movie.close() };
  } catch (error) {
    throw asDamaged(error);
  }
}

export async function soundOf(
  movie: MovieFile,
  fromMs: number,
  toMs: number,
  format: MovieFormat,
): Promise<Omit<OpenSound, 'close'>> {
  const { index, audio } = movie;
  const origin = Math.max(0, index.frames[index.first]?.timestamp ?? 0);
  const codec = audio === undefined ? null : await audio.getCodec();
  const sound: Sound =
    audio === undefined ? { sound: 'none' } : judge(codec, await audio.getInternalCodecId(), format);
  return {
    sound,
    track: audio,
    from: origin + fromMs / 1000,
    to: origin + toMs / 1000,
    addTo(output) {
      if (sound.sound !== 'kept' || codec === null) {
        return undefined;
      }
      const source = new EncodedAudioPacketSource(codec);
      output.addAudioTrack(source);
      return source;
    },
  };
}

/** Whole packets: the sound begins and ends within one of them (21 ms of AAC at 48 kHz) of the picture. */
export async function copySound(
  { track, from, to }: Omit<OpenSound, 'close'>,
  target: EncodedAudioPacketSource,
): Promise<void> {
  if (track === undefined) {
    return;
  }
  const decoderConfig = await track.getDecoderConfig();
  if (decoderConfig === null) {
    throw new Error('The sound has no decoder configuration');
  }
  const sink = new EncodedPacketSink(track);
  const start = (await sink.getPacket(from)) ?? (await sink.getFirstPacket());
  if (start !== null) {
    for await (const packet of sink.packets(start)) {
      if (packet.timestamp + packet.duration > to + packet.duration / 2) {
        break;
      }
      if (isWithin(packet, from)) {
        const at = Math.max(0, packet.timestamp - from);
        await target.add(packet.clone({ timestamp: at }), { decoderConfig });
      }
    }
  }
  target.close();
}

/** The packet in which the sound begins is taken when more than half of it is heard. */
const isWithin = ({ timestamp, duration }: EncodedPacket, from: number): boolean =>
  timestamp + duration / 2 >= from;

function judge(codec: string | null, inside: unknown, format: MovieFormat): Sound {
  if (inside === 'enca') {
    return { sound: 'dropped', why: 'The sound was left out: it is encrypted (DRM).' };
  }
  return codec !== null && formats[format].audio.includes(codec)
    ? { sound: 'kept' }
    : { sound: 'dropped', why: `The sound was left out: ${format} does not take ${codec ?? 'its codec'}.` };
}
