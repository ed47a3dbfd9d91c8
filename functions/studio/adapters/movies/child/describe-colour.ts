import type { InputVideoTrack } from 'mediabunny';
import { PermanentError } from '../../../../kernel/errors.ts';
import type { Size } from '../movie-calls.ts';
import type { ColourSpace } from '../colour-space.ts';
import type { DecodedCodec } from './movie-file.ts';

const codecNames = { avc: 'H.264', vp8: 'VP8', vp9: 'VP9' } as const satisfies Record<DecodedCodec, string>;
const matrixNames = { bt709: 'BT.709', bt601: 'BT.601', bt2020: 'BT.2020' } as const;

/** The colours of a track: what the container says, else what the stream says, else what players take for granted. */
export async function describeColour(
  track: InputVideoTrack,
  codec: DecodedCodec,
  size: Size,
): Promise<{ readonly space: ColourSpace; readonly words: string }> {
  const { matrix: told, transfer, fullRange } = await track.getColorSpace();
  if (transfer === 'pq' || transfer === 'hlg') {
    throw new PermanentError(
      'unsupported-codec',
      'The movie is HDR, whose colours would come out wrong. Export it as SDR (BT.709) and send that.',
    );
  }
  const known = matrices.get(told);
  const matrix = known ?? guess(codec, size);
  const space = { matrix, isFullRange: fullRange === true };
  const words = [
    codecNames[codec],
    known === undefined ? `${matrixNames[matrix]} (assumed)` : matrixNames[matrix],
    ...(space.isFullRange ? ['full range'] : []),
  ].join(', ');
  return { space, words };
}

/** By the names that WebCodecs has for what the file says. */
const matrices: ReadonlyMap<string | null | undefined, ColourSpace['matrix']> = new Map([
  ['bt709', 'bt709'],
  ['bt470bg', 'bt601'],
  ['smpte170m', 'bt601'],
  ['bt2020-ncl', 'bt2020'],
]);

/** VP8 knows BT.601 only (RFC 6386, section 9.2); for the rest HD is BT.709 and SD BT.601, as players have it. */
const guess = (codec: DecodedCodec, { width, height }: Size): ColourSpace['matrix'] =>
  codec !== 'vp8' && (width >= 1280 || height > 576) ? 'bt709' : 'bt601';
