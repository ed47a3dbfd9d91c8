import type { LyingFrame } from './movie-calls.ts';

/** The planes of a frame in limited range; in place. */
export function limitedPlanes({
  planes,
  isFullRange,
}: Pick<LyingFrame, 'planes' | 'isFullRange'>): Uint8Array {
  if (isFullRange) {
    // Two thirds of I420 are luma.
    const chromaStart = (planes.length / 3) * 2;
    for (let at = 0; at < chromaStart; at += 1) {
      planes[at] = luma[planes[at] ?? 0] ?? 0;
    }
    for (let at = chromaStart; at < planes.length; at += 1) {
      planes[at] = chroma[planes[at] ?? 0] ?? 0;
    }
  }
  return planes;
}

const luma = Uint8Array.from({ length: 256 }, (_, value) => Math.round(16 + (value * 219) / 255));
const chroma = Uint8Array.from({ length: 256 }, (_, value) => Math.round(128 + ((value - 128) * 224) / 255));
