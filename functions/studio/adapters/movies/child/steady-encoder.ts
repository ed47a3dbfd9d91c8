import type { EncoderOptions } from '../movie-calls.ts';
import { openEncoder, type EncodedFrame, type PacketEncoder } from './packet-encoder.ts';
import { quantizerReader } from './slice-quantizer.ts';

/** Frames on which it is tried out how many bits the picture that is wanted takes. */
const triedFrames = 5;
const trials = 3;
/** How much coarser and how much finer than wanted the picture may be, in steps of the quantizer: what is to spare is spent, unless it is a waste. */
const near = { coarser: 1.5, finer: 7 } as const;
/** What the bits may be multiplied with at most, and divided by. */
const mostTimes = 8;

/**
 * openh264 spends the bits it is given, on a still picture as on a storm. Here the first frames are encoded with more or fewer until they are as coarse as was
 * asked for, which is what other encoders call constant quality; only then is the movie begun.
 */
export function openSteadyEncoder(
  options: Pick<EncoderOptions, 'format' | 'width' | 'height'>,
  bitsPerFrame: number,
  quantizer: number,
): PacketEncoder {
  const first: { readonly planes: Uint8Array; readonly timestampUs: number }[] = [];
  let encoder: PacketEncoder | undefined;
  const begin = (): EncodedFrame[] => {
    const planes = first.map((frame) => frame.planes);
    const opened = openEncoder(options, fittingBits(options, planes, bitsPerFrame, quantizer));
    encoder = opened;
    return first.splice(0).flatMap((frame) => opened.encode(frame.planes, frame.timestampUs));
  };
  return {
    encode(planes, timestampUs) {
      if (encoder !== undefined) {
        return encoder.encode(planes, timestampUs);
      }
      first.push({ planes: new Uint8Array(planes), timestampUs });
      return first.length < triedFrames ? [] : begin();
    },
    flush() {
      const begun = first.length > 0 ? begin() : [];
      return [...begun, ...(encoder?.flush() ?? [])];
    },
    close: () => encoder?.close(),
  };
}

function fittingBits(
  options: Pick<EncoderOptions, 'format' | 'width' | 'height'>,
  frames: readonly Uint8Array[],
  bitsPerFrame: number,
  wanted: number,
): number {
  let bits = bitsPerFrame;
  for (let trial = 0; trial < trials; trial += 1) {
    const coarser = tried(options, frames, bits) - wanted;
    if (coarser <= near.coarser && coarser >= -near.finer) {
      break;
    }
    // Six steps of the quantizer halve the detail, and about the bits.
    const next = bits * 2 ** ((coarser < 0 ? coarser + near.finer : coarser) / 6);
    bits = Math.min(bitsPerFrame * mostTimes, Math.max(bitsPerFrame / mostTimes, next));
  }
  return Math.round(bits);
}

/** How coarse the last of the frames become: the first are not yet what follows. */
function tried(
  options: Pick<EncoderOptions, 'format' | 'width' | 'height'>,
  frames: readonly Uint8Array[],
  bits: number,
): number {
  const encoder = openEncoder(options, bits);
  try {
    const packets = frames.flatMap((planes, index) => encoder.encode(planes, index * 1000));
    packets.push(...encoder.flush());
    const read = quantizerReader();
    const found = packets.flatMap(({ data }) => read(data) ?? []).slice(-2);
    if (found.length === 0) {
      throw new Error('The encoder made no slices');
    }
    return found.reduce((sum, value) => sum + value, 0) / found.length;
  } finally {
    encoder.close();
  }
}
