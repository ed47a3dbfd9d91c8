import type { Size } from '../movie-calls.ts';
import { i420Bytes } from '../i420-to-rgba.ts';
import type { NativeFrame } from './webcodecs.ts';

export interface Planes {
  readonly planes: Uint8Array;
  readonly isFullRange: boolean;
}

/** A frame's planes in I420, of the size that is wanted. @param isToldFullRange what the file says of its range */
export function copyPlanes(frame: NativeFrame, { width, height }: Size, isToldFullRange: boolean): Planes {
  if (frame.width === width && frame.height === height) {
    return planesOf(frame, isToldFullRange);
  }
  const scaled = frame.scale(width, height);
  try {
    return planesOf(scaled, isToldFullRange);
  } finally {
    scaled.close();
  }
}

function planesOf(frame: NativeFrame, isToldFullRange: boolean): Planes {
  const planes = Buffer.allocUnsafeSlow(i420Bytes(frame.width, frame.height));
  if (frame.format === 'I420') {
    frame.copyTo(planes);
    return { planes, isFullRange: isToldFullRange };
  }
  if (frame.format === '' && frame.allocationSize() === planes.length) {
    // FFmpeg's yuvj420p: full range, and nothing else without a name is of that size.
    frame.copyTo(planes);
    return { planes, isFullRange: true };
  }
  // More bits or more chroma. FFmpeg keeps the range here, but for 8 bits of full range, which have formats without a name and become limited.
  frame.copyTo(planes, { format: 'I420' });
  return { planes, isFullRange: isToldFullRange && frame.format !== '' };
}
