import type { PixelBox, PixelSize } from './plan.ts';
import { indexAt } from './segment.ts';
import { fadeStepMs } from './source-timeline.ts';

/** When a layer is seen, and how it comes and goes: as in the recipe. */
export interface Appearance {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly fadeMs: number;
  readonly slide: 'none' | 'left' | 'right' | 'up' | 'down';
}

/** On edges of frames. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
  /** Indices of frames: from the first to the one before the end. */
  readonly first: number;
  readonly end: number;
}

/** Whether it makes a still picture move. */
export const isTimed = ({ fromMs, toMs, fadeMs }: Appearance): boolean =>
  (fromMs ?? 0) > 0 || toMs !== undefined || fadeMs > 0;

/** Where a frame must begin so that a layer comes and goes in time. */
export const momentsOf = (appearance: Appearance, endMs: number): number[] => [
  appearance.fromMs ?? 0,
  appearance.toMs ?? endMs,
];

/** Where a frame should begin so that it fades and slides smoothly. */
export function fadeMoments(appearance: Appearance, endMs: number): number[] {
  const fromMs = appearance.fromMs ?? 0;
  const toMs = Math.min(appearance.toMs ?? endMs, endMs);
  const fadeMs = Math.min(appearance.fadeMs, (toMs - fromMs) / 2);
  const steps = fadeMs > 0 ? Math.max(1, Math.round(fadeMs / fadeStepMs)) : 0;
  return Array.from({ length: steps }, (_, step) => ((step + 1) / steps) * fadeMs).flatMap((passedMs) => [
    fromMs + passedMs,
    toMs - passedMs,
  ]);
}

/** From the frame edge nearest to its beginning to the one nearest to its end; it is seen in one frame at least. */
export function windowOf(appearance: Appearance, edges: readonly number[]): Window {
  const last = Math.max(1, edges.length - 1);
  const first = Math.min(nearest(edges, appearance.fromMs ?? 0), last - 1);
  const end = appearance.toMs === undefined ? last : Math.max(nearest(edges, appearance.toMs), first + 1);
  return { fromMs: edges[first] ?? 0, toMs: edges[end] ?? 0, first, end };
}

function nearest(edges: readonly number[], moment: number): number {
  const index = indexAt(edges, moment);
  return moment - (edges[index] ?? 0) <= (edges[index + 1] ?? Infinity) - moment ? index : index + 1;
}

/** How much of it is there (0 to 1) and how far it has to go, in whole pixels, in a frame whose middle is `momentMs`. */
export function appearanceAt(
  { fadeMs, slide }: Appearance,
  window: Window,
  momentMs: number,
  box: PixelBox,
  canvas: PixelSize,
): { readonly opacity: number; readonly dx: number; readonly dy: number } {
  const lengthMs = Math.min(fadeMs, (window.toMs - window.fromMs) / 2);
  if (lengthMs <= 0) {
    return { opacity: 1, dx: 0, dy: 0 };
  }
  const coming = Math.min(1, (momentMs - window.fromMs) / lengthMs);
  const going = Math.min(1, (window.toMs - momentMs) / lengthMs);
  const opacity = Math.round(Math.min(coming, going) * 1000) / 1000;
  // It slows down as it arrives and gets faster as it leaves.
  const away = coming < 1 ? (1 - coming) ** 3 : -((1 - going) ** 3);
  return { opacity, ...offset(slide, away, box, canvas) };
}

/** @param away 1: just outside where it comes from; −1: just outside where it goes to */
function offset(
  slide: Appearance['slide'],
  away: number,
  box: PixelBox,
  canvas: PixelSize,
): { dx: number; dy: number } {
  // Adding 0 makes 0 of −0.
  const far = (before: number, after: number): number =>
    Math.round(Math.abs(away) * (away > 0 ? before : after)) + 0;
  const toLeft = -(box.left + box.width);
  const toRight = canvas.width - box.left;
  const toTop = -(box.top + box.height);
  const toBottom = canvas.height - box.top;
  switch (slide) {
    case 'none':
      return { dx: 0, dy: 0 };
    case 'left':
      return { dx: far(toRight, toLeft), dy: 0 };
    case 'right':
      return { dx: far(toLeft, toRight), dy: 0 };
    case 'up':
      return { dx: 0, dy: far(toBottom, toTop) };
    case 'down':
      return { dx: 0, dy: far(toTop, toBottom) };
  }
}
