import type { FrameSource } from './plan.ts';

/** The same picture for a while. Milliseconds, fractions allowed. */
export interface Segment {
  readonly durationMs: number;
  readonly sources: readonly FrameSource[];
}

export const totalMs = (segments: readonly { readonly durationMs: number }[]): number =>
  segments.reduce((sum, { durationMs }) => sum + durationMs, 0);

/** Where each segment begins, and where the last one ends. */
export function edgesOf(segments: readonly { readonly durationMs: number }[]): number[] {
  const edges = [0];
  for (const { durationMs } of segments) {
    edges.push((edges.at(-1) ?? 0) + durationMs);
  }
  return edges;
}

/** The index of what is shown at a moment: of the last edge that is not after it, but for the end. */
export function indexAt(edges: readonly number[], moment: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) <= moment) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Frames of one source as segments. A delay of 10 ms or less is 100 ms in an animation, as in every browser; a movie's are as they are. */
export function framesOf(
  source: number,
  probed: { readonly kind: string; readonly delaysMs: readonly number[] },
): Segment[] {
  return probed.delaysMs.map((delayMs, frame) => ({
    durationMs: probed.kind === 'animation' && delayMs <= 10 ? 100 : delayMs,
    sources: [{ source, frame, weight: 1 }],
  }));
}

/** What is left between two moments. */
export function cut(segments: readonly Segment[], fromMs: number, toMs: number): Segment[] {
  const left: Segment[] = [];
  let atMs = 0;
  for (const segment of segments) {
    const startMs = Math.max(atMs, fromMs);
    const endMs = Math.min(atMs + segment.durationMs, toMs);
    // Less than a microsecond is the rounding of fractions, not a frame.
    if (endMs - startMs > 0.001) {
      left.push({ ...segment, durationMs: endMs - startMs });
    }
    atMs += segment.durationMs;
  }
  return left;
}

/** Forth and back, without showing the first and the last frame twice in a row. */
export const boomerang = (segments: readonly Segment[]): Segment[] => [
  ...segments,
  ...segments.slice(1, -1).toReversed(),
];

/** On a grid of `stepMs`: what is shown in the middle of each step. The last one ends when the segments end. */
export function resample(segments: readonly Segment[], stepMs: number): Segment[] {
  const endMs = totalMs(segments);
  const count = Math.max(1, Math.round(endMs / stepMs));
  const sampled: Segment[] = [];
  let index = 0;
  let segmentEndMs = segments[0]?.durationMs ?? 0;
  for (let step = 0; step < count; step += 1) {
    const startMs = step * stepMs;
    const stopMs = step === count - 1 ? endMs : startMs + stepMs;
    while (segmentEndMs <= (startMs + stopMs) / 2 && index < segments.length - 1) {
      index += 1;
      segmentEndMs += segments[index]?.durationMs ?? 0;
    }
    const segment = segments[index];
    if (segment !== undefined) {
      sampled.push({ durationMs: stopMs - startMs, sources: segment.sources });
    }
  }
  return sampled;
}
