import type { FrameSource } from './plan.ts';
import type { ProbedSource } from './ports.ts';
import { cut, framesOf, type Segment } from './segment.ts';

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
    return [
      ...alone,
      ...Array.from({ length: steps }, (_, step) => {
        const share = (step + 0.5) / steps;
        return {
          durationMs: fadeMs / steps,
          sources: [
            ...at(own, ownStartMs + durationMs - fadeMs + share * fadeMs, 1 - share),
            ...at(next, share * fadeMs, share),
          ],
        };
      }),
    ];
  });
}

function track(source: number, probed: ProbedSource, lengthMs: number): Segment[] {
  const own = probed.kind === 'still' ? [] : cut(framesOf(source, probed), 0, lengthMs);
  const ownMs = own.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const last = own.at(-1) ?? { durationMs: 0, sources: [{ source, frame: 0, weight: 1 }] };
  return lengthMs - ownMs > 0.001
    ? [...own.slice(0, -1), { ...last, durationMs: last.durationMs + lengthMs - ownMs }]
    : own;
}

function at(segments: readonly Segment[], moment: number, weight: number): FrameSource[] {
  let endMs = 0;
  const shown = segments.find(({ durationMs }) => (endMs += durationMs) > moment) ?? segments.at(-1);
  return (shown?.sources ?? []).map(({ source, frame }) => ({ source, frame, weight }));
}
