import {
  BufferSource,
  EncodedPacketSink,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  MP4,
  QTFF,
  WEBM,
} from 'mediabunny';
import { PermanentError } from '../../../../kernel/errors.ts';
import type { Size } from '../movie-calls.ts';
import type { ColourSpace } from '../colour-space.ts';
import { acceptedMoviesInWords, damaged } from './damaged.ts';
import { describeColour } from './describe-colour.ts';
import { indexFrames, type FrameIndex } from './index-frames.ts';
import type { Turn } from '../i420-to-rgba.ts';
import { refuseCodec } from './refuse-codec.ts';

export type DecodedCodec = 'avc' | 'vp8' | 'vp9';

/** A movie whose tracks are known; nothing is decoded yet. */
export interface MovieFile {
  readonly contentType: string;
  readonly track: InputVideoTrack;
  readonly audio: InputAudioTrack | undefined;
  readonly audioCodec: string | undefined;
  readonly codec: DecodedCodec;
  /** The decoder's own header, as avcC. */
  readonly description: Uint8Array | undefined;
  readonly coded: Size;
  /** In square pixels, before it is turned. */
  readonly lying: Size;
  /** In square pixels, as it is looked at. */
  readonly upright: Size;
  readonly turn: Turn;
  readonly space: ColourSpace;
  readonly colour: string;
  readonly sink: EncodedPacketSink;
  readonly index: FrameIndex;
  close(): void;
}

/** What one frame may measure, so that none takes more memory than the function has; what is sensible is the plan's to say. */
const maxPixels = 36_000_000;

const contentTypes = new Map([
  [MP4, 'video/mp4'],
  [QTFF, 'video/quicktime'],
  [WEBM, 'video/webm'],
]);

/** @throws PermanentError that names what the movie is and says what to send instead */
export async function openMovieFile(bytes: Uint8Array): Promise<MovieFile> {
  if (bytes.length === 0) {
    throw new PermanentError('not-a-movie', `The file is empty. Send ${acceptedMoviesInWords}.`);
  }
  const input = new Input({ source: new BufferSource(bytes), formats: [...contentTypes.keys()] });
  if (!(await input.canRead())) {
    throw new PermanentError('not-a-movie', `The file is not a movie. Send ${acceptedMoviesInWords}.`);
  }
  const contentType = contentTypes.get(await input.getFormat()) ?? 'video/mp4';
  const [track, audio] = await Promise.all([input.getPrimaryVideoTrack(), input.getPrimaryAudioTrack()]);
  if (track === null) {
    throw audio === null
      ? damaged()
      : new PermanentError(
          'audio-only',
          `The file has sound but no picture. Send ${acceptedMoviesInWords}, or a picture.`,
        );
  }
  const codec = await codecOf(track);
  const config = await track.getDecoderConfig();
  const [width, height, squareWidth, squareHeight] = await Promise.all([
    track.getCodedWidth(),
    track.getCodedHeight(),
    track.getSquarePixelWidth(),
    track.getSquarePixelHeight(),
  ]);
  if (config === null || !isSide(width) || !isSide(height) || !isSide(squareWidth) || !isSide(squareHeight)) {
    throw damaged();
  }
  if (width * height > maxPixels || squareWidth * squareHeight > maxPixels) {
    throw new PermanentError(
      'too-many-pixels',
      `The movie is ${squareWidth} × ${squareHeight}; a frame may have ${maxPixels / 1e6} million pixels at most. Send a smaller one.`,
    );
  }
  const degrees = await track.getRotation();
  const isLying = degrees % 180 === 0;
  const colour = await describeColour(track, codec, { width, height });
  const sink = new EncodedPacketSink(track);
  return {
    contentType,
    track,
    audio: audio ?? undefined,
    audioCodec: audio === null ? undefined : ((await audio.getCodec()) ?? 'unknown'),
    codec,
    description: descriptionOf(config.description),
    coded: { width, height },
    lying: { width: squareWidth, height: squareHeight },
    upright: {
      width: isLying ? squareWidth : squareHeight,
      height: isLying ? squareHeight : squareWidth,
    },
    turn: { degrees, isFlipped: await track.getFlip() },
    space: colour.space,
    colour: colour.words,
    sink,
    index: await indexFrames(sink, codec),
    close: () => input.dispose(),
  };
}

const isSide = (value: number): boolean => Number.isInteger(value) && value > 0;

async function codecOf(track: InputVideoTrack): Promise<DecodedCodec> {
  const [codec, inside] = await Promise.all([track.getCodec(), track.getInternalCodecId()]);
  if ((codec === 'avc' || codec === 'vp8' || codec === 'vp9') && inside !== 'encv') {
    return codec;
  }
  throw refuseCodec(codec, inside);
}

function descriptionOf(description: ArrayBufferLike | ArrayBufferView | undefined): Uint8Array | undefined {
  if (description === undefined) {
    return undefined;
  }
  return ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description);
}
