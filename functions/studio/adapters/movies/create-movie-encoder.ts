import type { FrameEncoder } from '../../domain/ports.ts';
import { bitsPerFrame } from './bits-per-frame.ts';
import { giveBack } from './channel.ts';
import { i420Bytes } from './i420-to-rgba.ts';
import { rgbaToI420, type RgbaToI420Options } from './rgba-to-i420.ts';
import type { MovieFormat, Sound, SoundSource } from './movie-calls.ts';
import { MovieSession, type MovieLimits } from './movie-session.ts';

export interface MovieEncoderOptions {
  readonly format: MovieFormat;
  /** Of the frames that are added. An odd side becomes even: its last column or row is repeated. */
  readonly width: number;
  readonly height: number;
  /** 1 to 100. */
  readonly quality: number;
  /** Overrides `quality`: what the file may have for one frame, in bits. @default as many as the quality takes */
  readonly bitsPerFrame?: number;
  /** What shows through where frames are transparent, which a movie cannot be. @default white */
  readonly background?: readonly [red: number, green: number, blue: number];
  /** The movie whose sound is copied. @default no sound */
  readonly sound?: SoundSource;
  /** @default thirty seconds for a frame, fifteen minutes for all of them */
  readonly limits?: MovieLimits;
}

export interface MovieEncoder extends FrameEncoder {
  /** Of the movie that is made: even. */
  readonly width: number;
  readonly height: number;
  readonly sound: Sound;
  /** As `add`, of a frame in I420, BT.709, limited range, of the movie's size; it is the encoder's from now on. */
  addPlanes(planes: Uint8Array, atMs: number, durationMs: number): Promise<void>;
}

const defaultLimits: MovieLimits = { stallMs: 30_000, totalMs: 900_000 };
const white = [255, 255, 255] as const;

/**
 * Makes a movie: MP4 (H.264, yuv420p, BT.709, limited range, header first) or WebM (VP9). Frames are shown at the times they are added with. While a frame is
 * encoded the next may be drawn, and one waits.
 * @throws PermanentError for a source of sound that cannot be read
 */
export async function createMovieEncoder(options: MovieEncoderOptions): Promise<MovieEncoder> {
  const { format, quality, background = white, sound, limits = defaultLimits } = options;
  const width = even(options.width);
  const height = even(options.height);
  const session = new MovieSession(limits);
  try {
    const kept = await session.ask('begin', {
      format,
      width,
      height,
      bitsPerFrame: options.bitsPerFrame ?? bitsPerFrame({ width, height, quality }),
      quantizer: format === 'mp4' && options.bitsPerFrame === undefined ? quantizerOf(quality) : undefined,
      sound,
    });
    return { width, height, sound: kept, ...framesInto(session, { ...options, background }) };
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** At quality 80 about what x264 makes by default. */
const quantizerOf = (quality: number): number => 42 - 0.225 * quality;

const even = (side: number): number => side + (side % 2);

function framesInto(
  session: MovieSession,
  options: RgbaToI420Options,
): FrameEncoder & Pick<MovieEncoder, 'addPlanes'> {
  const { width, height } = options;
  const convert = rgbaToI420(options);
  const planes = new Uint8Array(i420Bytes(even(width), even(height)));
  const open: Promise<PromiseSettledResult<undefined>[]>[] = [];
  /** Waits until no more than so many frames are on their way. */
  const settled = async (most: number): Promise<void> => {
    while (open.length > most) {
      const [result] = (await open.shift()) ?? [];
      if (result?.status === 'rejected') {
        throw result.reason;
      }
    }
  };
  const send = async (frame: Uint8Array, atMs: number, durationMs: number): Promise<void> => {
    // One is encoded, and the next lies ready for when it is done.
    await settled(1);
    // They are on their way when `ask` returns, and can be written again.
    open.push(Promise.allSettled([session.ask('add', { planes: frame, atMs, durationMs })]));
  };
  const check = ({ length }: Uint8Array, bytes: number): void => {
    if (length !== bytes) {
      throw new RangeError(`A frame of ${length} bytes was added where ${width} × ${height} takes ${bytes}`);
    }
  };
  return {
    async add(pixels, atMs, durationMs) {
      check(pixels, width * height * 4);
      convert(pixels, planes);
      await send(planes, atMs, durationMs);
    },
    async addPlanes(frame, atMs, durationMs) {
      check(frame, planes.length);
      await send(frame, atMs, durationMs);
      giveBack(frame);
    },
    async finish() {
      await settled(0);
      return await session.ask('finish', undefined);
    },
    close: () => session.close(),
  };
}
