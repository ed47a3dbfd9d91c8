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
import { asBuffer, webCodecs } from './webcodecs.ts';

export interface MovieMaker {
  readonly sound: Sound;
  add(planes: Uint8Array, atMs: number, durationMs: number): Promise<void>;
  finish(): Promise<Uint8Array<ArrayBuffer>>;
  close(): void;
}

/** H.264 by openh264, and VP9 as browsers make it for calls, which takes a third of the time of its default. */
const encoders = {
  mp4: { codec: 'libopenh264', latencyMode: 'quality', container: 'avc' },
  webm: { codec: 'libvpx-vp9', latencyMode: 'realtime', container: 'vp9' },
} as const;

/** Also the frames from one key frame to the next. The encoders are told one rate whatever the movie's is, and so spend the same on every frame. */
const nominalRate = 60;

const colorSpace = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false } as const;

export async function encodeMovie(options: EncoderOptions): Promise<MovieMaker> {
  const { codec, latencyMode, container } = encoders[options.format];
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

  const encoded: { readonly data: Buffer; readonly isKey: boolean; readonly timestampUs: number }[] = [];
  const errors: string[] = [];
  const { VideoEncoderNative, createVideoFrame } = webCodecs();
  const encoder = new VideoEncoderNative(
    (data, isKey, timestampUs) => encoded.push({ data, isKey, timestampUs }),
    (message) => errors.push(message),
  );
  encoder.configure({
    codec,
    width,
    height,
    bitrate: Math.round(options.bitsPerFrame * nominalRate),
    framerate: nominalRate,
    latencyMode,
    hardwareAcceleration: 'prefer-software',
    colorSpace,
  });
  const durations = new Map<number, number>();
  let isFirst = true;

  const writeOut = async (): Promise<void> => {
    if (errors.length > 0) {
      throw new Error(`The encoder failed: ${errors.join('; ')}`);
    }
    for (const { data, isKey, timestampUs } of encoded.splice(0)) {
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
      const frame = createVideoFrame(asBuffer(planes), 'I420', width, height);
      try {
        encoder.encode(frame, timestampUs, false);
      } finally {
        frame.close();
      }
      await writeOut();
    },
    async finish() {
      encoder.flush(() => undefined);
      await writeOut();
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
