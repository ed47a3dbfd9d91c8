import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny';
import type { EncoderOptions, Sound } from '../movie-calls.ts';
import { codecString } from './codec-string.ts';
import { copySound, openSound } from './copy-sound.ts';
import { colorSpace, openEncoder, type EncodedFrame } from './packet-encoder.ts';
import { openSteadyEncoder } from './steady-encoder.ts';

export interface MovieMaker {
  readonly sound: Sound;
  add(planes: Uint8Array, atMs: number, durationMs: number): Promise<void>;
  finish(): Promise<Uint8Array<ArrayBuffer>>;
  close(): void;
}

const containers = { mp4: 'avc', webm: 'vp9' } as const;

export async function encodeMovie(options: EncoderOptions): Promise<MovieMaker> {
  const container = containers[options.format];
  const { width, height } = options;
  const source = options.sound === undefined ? undefined : await openSound(options.sound, options.format);
  const output = new Output({
    format:
      options.format === 'mp4' ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat(),
    target: new BufferTarget(),
  });
  const video = new EncodedVideoPacketSource(container);
  output.addVideoTrack(video);
  const audio = source?.addTo(output);
  await output.start();

  const { bitsPerFrame, quantizer } = options;
  const encoder =
    quantizer === undefined
      ? openEncoder(options, bitsPerFrame)
      : openSteadyEncoder(options, bitsPerFrame, quantizer);
  const durations = new Map<number, number>();
  let isFirst = true;

  const writeOut = async (encoded: readonly EncodedFrame[]): Promise<void> => {
    for (const { data, isKey, timestampUs } of encoded) {
      const duration = durations.get(timestampUs) ?? 0;
      durations.delete(timestampUs);
      const packet = new EncodedPacket(data, isKey ? 'key' : 'delta', timestampUs / 1e6, duration / 1000);
      const decoderConfig = isFirst
        ? {
            codec: codecString(container, data, { width, height }),
            codedWidth: width,
            codedHeight: height,
            colorSpace,
          }
        : undefined;
      isFirst = false;
      await video.add(packet, decoderConfig === undefined ? undefined : { decoderConfig });
    }
  };

  return {
    sound: source?.sound ?? { sound: 'none' },
    async add(planes, atMs, durationMs) {
      const timestampUs = Math.round(atMs * 1000);
      durations.set(timestampUs, durationMs);
      await writeOut(encoder.encode(planes, timestampUs));
    },
    async finish() {
      await writeOut(encoder.flush());
      if (isFirst) {
        throw new Error('A movie needs a frame');
      }
      video.close();
      await (source !== undefined && audio !== undefined ? copySound(source, audio) : undefined);
      await output.finalize();
      const { buffer } = output.target;
      if (buffer === null) {
        throw new Error('The movie was not finished');
      }
      return new Uint8Array(buffer);
    },
    close() {
      source?.close();
      encoder.close();
    },
  };
}
