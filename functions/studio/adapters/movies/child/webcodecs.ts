import { createRequire } from 'node:module';

/**
 * The native half of node-webcodecs 1.3.0 (FFmpeg, openh264, libvpx), without its JavaScript half: that one tells every decoded frame to be BT.709, has an install
 * script that compiles, and decodes on threads whose errors point to freed memory. The classes here work in the calling thread.
 */
export interface WebCodecs {
  readonly VideoDecoderNative: new (
    output: (frame: NativeFrame) => void,
    error: (message: string) => void,
  ) => NativeDecoder;
  readonly VideoEncoderNative: new (
    output: (data: Buffer, isKey: boolean, timestampUs: number) => void,
    error: (message: string) => void,
  ) => NativeEncoder;
  readonly createVideoFrame: (data: Buffer, format: 'I420', width: number, height: number) => NativeFrame;
}

export interface NativeFrame {
  readonly width: number;
  readonly height: number;
  /** `I420` and its like; empty for what WebCodecs has no name for, as full-range 4:2:0. */
  readonly format: string;
  allocationSize(): number;
  copyTo(target: Buffer, options?: { readonly format: 'I420' }): void;
  scale(width: number, height: number): NativeFrame;
  /** Its memory is not the garbage collector's. */
  close(): void;
}

interface NativeDecoder {
  configure(options: {
    readonly codec: 'h264' | 'vp8' | 'vp9';
    readonly width: number;
    readonly height: number;
    readonly extradata?: Buffer;
  }): void;
  /** Calls `output` for the frames that have become ready, in order of presentation. */
  decode(data: Buffer, isKey: boolean, timestampUs: number, durationUs: number): void;
  flush(done: () => void): void;
  /** Forgets what was decoded, and may be used again. */
  reset(): void;
  close(): void;
}

interface NativeEncoder {
  configure(options: {
    readonly codec: 'libopenh264' | 'libvpx-vp9';
    readonly width: number;
    readonly height: number;
    readonly bitrate: number;
    /** A whole number; also the frames from one key frame to the next. */
    readonly framerate: number;
    readonly latencyMode: 'quality' | 'realtime';
    readonly hardwareAcceleration: 'prefer-software';
    readonly colorSpace: {
      readonly primaries: string;
      readonly transfer: string;
      readonly matrix: string;
      readonly fullRange: boolean;
    };
  }): void;
  encode(frame: NativeFrame, timestampUs: number, isKey: boolean): void;
  flush(done: () => void): void;
  close(): void;
}

/** Lambda finds packages of layers by NODE_PATH, which `require` honours and `import` does not. */
const load = createRequire(import.meta.url);

let loaded: WebCodecs | undefined;

/** @throws Error on a processor that the library is not made for */
export function webCodecs(): WebCodecs {
  const name = `@node-webcodecs/static-${process.platform}-${process.arch}`;
  try {
    loaded ??= load(name);
  } catch (error) {
    throw new Error(
      `Movies need ${name}, which is not installed: they are made on linux-x64, where Lambda runs this function too.`,
      { cause: error },
    );
  }
  if (loaded === undefined) {
    throw new Error(`${name} is empty`);
  }
  return loaded;
}

/** The same memory by the name that the library wants. */
export const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
