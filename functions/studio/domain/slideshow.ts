import type { FrameSource } from './plan.ts';
import type { ProbedSource } from './ports.ts';
import { cut, framesOf, resample, totalMs, type Segment } from './segment.ts';

/**
 * Slides one after the other; it lasts as long as its slides together. The next slide comes in over the last `crossFadeMs` of each, and what moves in it starts
 * moving then; what is shorter than its slide keeps its last frame.
 *
 * @param stepMs how long a step of a cross-fade is
 */
export function slideshow(
  slides: readonly { readonly durationMs: number; readonly probed: ProbedSource }[],
  crossFadeMs: number,
  stepMs: number,
): Segment[] {
  const tracks = slides.map(({ durationMs, probed }, source) =>
    track(source, probed, durationMs + (source === 0 ? 0 : crossFadeMs)),
  );
  return slides.flatMap(({ durationMs }, index) => {
    const own = tracks[index] ?? [];
    const next = tracks[index + 1];
    const ownStartMs = index === 0 ? 0 : crossFadeMs;
    const fadeMs = next === undefined ? 0 : crossFadeMs;
    const alone = cut(own, ownStartMs, ownStartMs + durationMs - fadeMs);
    if (next === undefined || fadeMs === 0) {
      return alone;
    }
    const steps = Math.max(1, Math.round(fadeMs / stepMs));
    const fadeStartMs = ownStartMs + durationMs - fadeMs;
    const going = resample(cut(own, fadeStartMs, fadeStartMs + fadeMs), fadeMs / steps);
    const coming = resample(cut(next, 0, fadeMs), fadeMs / steps);
    return [...alone, ...going.map((segment, step) => mixed(segment, coming[step], (step + 0.5) / steps))];
  });
}

/** @param share of the one that comes */
const mixed = (going: Segment, coming: Segment | undefined, share: number): Segment => ({
  durationMs: going.durationMs,
  sources: [...weighted(going, 1 - share), ...(coming === undefined ? [] : weighted(coming, share))],
});

const weighted = ({ sources }: Segment, weight: number): FrameSource[] =>
  sources.map(({ source, frame }) => ({ source, frame, weight }));

function track(source: number, probed: ProbedSource, lengthMs: number): Segment[] {
  const own = probed.kind === 'still' ? [] : cut(framesOf(source, probed), 0, lengthMs);
  const ownMs = totalMs(own);
  const last = own.at(-1) ?? { durationMs: 0, sources: [{ source, frame: 0, weight: 1 }] };
  return lengthMs - ownMs > 0.001
    ? [...own.slice(0, -1), { ...last, durationMs: last.durationMs + lengthMs - ownMs }]
    : own;
}
