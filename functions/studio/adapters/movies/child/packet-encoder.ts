import type { EncoderOptions } from '../movie-calls.ts';
import { asBuffer, webCodecs } from './webcodecs.ts';

export interface EncodedFrame {
  readonly data: Buffer;
  readonly isKey: boolean;
  readonly timestampUs: number;
}

/** The codec at work, without a container. */
export interface PacketEncoder {
  /** Answers the packets that are ready. */
  encode(planes: Uint8Array, timestampUs: number): EncodedFrame[];
  flush(): EncodedFrame[];
  close(): void;
}

/** H.264 by openh264, and VP9 as browsers make it for calls, which takes a third of the time of its default. */
const encoders = {
  mp4: { codec: 'libopenh264', latencyMode: 'quality' },
  webm: { codec: 'libvpx-vp9', latencyMode: 'realtime' },
} as const;

export const colorSpace = {
  primaries: 'bt709',
  transfer: 'bt709',
  matrix: 'bt709',
  fullRange: false,
} as const;

/** Also the frames from one key frame to the next. The encoders are told one rate whatever the movie's is, and so spend the same on every frame. */
const nominalRate = 60;

export function openEncoder(
  { format, width, height }: Pick<EncoderOptions, 'format' | 'width' | 'height'>,
  bitsPerFrame: number,
): PacketEncoder {
  const { VideoEncoderNative, createVideoFrame } = webCodecs();
  const ready: EncodedFrame[] = [];
  const errors: string[] = [];
  const encoder = new VideoEncoderNative(
    (data, isKey, timestampUs) => ready.push({ data, isKey, timestampUs }),
    (message) => errors.push(message),
  );
  encoder.configure({
    ...encoders[format],
    width,
    height,
    bitrate: Math.round(bitsPerFrame * nominalRate),
    framerate: nominalRate,
    hardwareAcceleration: 'prefer-software',
    colorSpace,
  });
  const take = (): EncodedFrame[] => {
    if (errors.length > 0) {
      throw new Error(`The encoder failed: ${errors.join('; ')}`);
    }
    return ready.splice(0);
  };
  return {
    encode(planes, timestampUs) {
      const frame = createVideoFrame(asBuffer(planes), 'I420', width, height);
      try {
        encoder.encode(frame, timestampUs, false);
      } finally {
        frame.close();
      }
      return take();
    },
    flush() {
      encoder.flush(() => undefined);
      return take();
    },
    close: () => encoder.close(),
  };
}
