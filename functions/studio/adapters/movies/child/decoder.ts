import type { EncodedPacket } from 'mediabunny';
import { damaged } from './damaged.ts';
import type { MovieFile } from './movie-file.ts';
import { asBuffer, webCodecs, type NativeFrame } from './webcodecs.ts';

/** Decodes packet after packet. Frames that are answered are the caller's to close. */
export interface Decoder {
  /** Some frames that are ready now, in order of presentation; most often one, none at the beginning. */
  decode(packet: EncodedPacket): Iterable<NativeFrame>;
  /** The frames that are left. */
  flush(): Iterable<NativeFrame>;
  /** Goes on from another key frame. */
  restart(): void;
  close(): void;
}

const codecs = { avc: 'h264', vp8: 'vp8', vp9: 'vp9' } as const;

export function openDecoder({ codec, coded, description }: MovieFile): Decoder {
  const { VideoDecoderNative } = webCodecs();
  const ready: NativeFrame[] = [];
  const errors: string[] = [];
  const decoder = new VideoDecoderNative(
    (frame) => ready.push(frame),
    (message) => errors.push(message),
  );
  decoder.configure({
    codec: codecs[codec],
    ...coded,
    ...(description === undefined ? {} : { extradata: Buffer.from(description) }),
  });
  const drop = (): void => {
    for (const frame of ready.splice(0)) {
      frame.close();
    }
  };
  function* take(): Generator<NativeFrame, void, void> {
    if (errors.length > 0) {
      throw damaged(new Error(errors.join('; ')));
    }
    for (let frame = ready.shift(); frame !== undefined; frame = ready.shift()) {
      yield frame;
    }
  }
  return {
    decode({ data, type, microsecondTimestamp, microsecondDuration }) {
      decoder.decode(asBuffer(data), type === 'key', microsecondTimestamp, microsecondDuration);
      return take();
    },
    flush() {
      decoder.flush(() => undefined);
      return take();
    },
    restart() {
      drop();
      decoder.reset();
    },
    close() {
      drop();
      decoder.close();
    },
  };
}
