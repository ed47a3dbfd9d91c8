import type { Size } from '../movie-calls.ts';
import { i420Bytes, i420ToRgba } from './i420-to-rgba.ts';
import type { MovieFile } from './movie-file.ts';
import type { NativeFrame } from './webcodecs.ts';

/** @param upright the size that is wanted */
export function frameToRgba(
  { turn, space }: MovieFile,
  upright: Size,
): (frame: NativeFrame) => Uint8Array<ArrayBuffer> {
  const isLying = turn.degrees % 180 === 0;
  const width = isLying ? upright.width : upright.height;
  const height = isLying ? upright.height : upright.width;
  const planes = Buffer.allocUnsafeSlow(i420Bytes(width, height));
  const limited = i420ToRgba(width, height, { ...space, isFullRange: false }, turn);
  const full = i420ToRgba(width, height, { ...space, isFullRange: true }, turn);
  return (frame) => {
    const isOtherSize = frame.width !== width || frame.height !== height;
    const scaled = isOtherSize ? frame.scale(width, height) : frame;
    try {
      const isFullRange = copyPlanes(scaled, planes, space.isFullRange);
      return (isFullRange ? full : limited)(planes);
    } finally {
      if (isOtherSize) {
        scaled.close();
      }
    }
  };
}

/** @returns whether the planes are of full range */
function copyPlanes(frame: NativeFrame, planes: Buffer, isToldFullRange: boolean): boolean {
  if (frame.format === 'I420') {
    frame.copyTo(planes);
    return isToldFullRange;
  }
  if (frame.format === '' && frame.allocationSize() === planes.length) {
    // FFmpeg's yuvj420p: full range, and nothing else is named thus and of that size.
    frame.copyTo(planes);
    return true;
  }
  // More bits or more chroma. FFmpeg keeps the range here, but for 8 bits of full range, which have a format of their own and become limited.
  frame.copyTo(planes, { format: 'I420' });
  return isToldFullRange && frame.format !== '';
}
