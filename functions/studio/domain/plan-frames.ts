import {
  appearanceAt,
  fadeMoments,
  momentsOf,
  windowOf,
  type Appearance,
  type Window,
} from './appearance.ts';
import type { FrameLayer, FrameSource, PixelSize, PlannedFrame, PlannedLayer } from './plan.ts';
import type { Refusals } from './refusals.ts';
import { edgesOf, framesOf, indexAt, totalMs, type Segment } from './segment.ts';
import { fastestFrameMs } from './source-timeline.ts';
import { splitHolds } from './split-holds.ts';
import { thin, toGrid } from './thin.ts';

/** A layer, and when it is seen. */
export interface TimedLayer {
  readonly layer: PlannedLayer;
  readonly appearance: Appearance;
  /** When it is wholly there. */
  readonly opacity: number;
}

/** How often layers are drawn over frames, all in all: a caption on every frame of ten minutes, and fifty more. */
const mostDrawn = 1_000_000;

/**
 * Every moment at which the picture changes, with what it shows then; the same for every format. Frames of a source are not split but where they are held for
 * long, and not at all on a frame rate that was asked for.
 */
export function planFrames(
  segments: readonly Segment[],
  layers: readonly TimedLayer[],
  canvas: PixelSize,
  hasFrameRate: boolean,
  refusals: Refusals,
): PlannedFrame[] {
  const endMs = totalMs(segments);
  const shown = thin(
    hasFrameRate ? segments : splitHolds(segments, wantedMoments(layers, endMs)),
    fastestFrameMs,
  );
  const edges = edgesOf(shown);
  const windows = layers.map(({ appearance }) => windowOf(appearance, edges));
  const drawn = windows.reduce((sum, { first, end }) => sum + end - first, 0);
  if (drawn > mostDrawn) {
    refusals.add(
      '/timeline',
      `Captions and overlays would be drawn ${drawn} times over ${shown.length} frames; ${mostDrawn} is the most. Make it shorter, or show fewer of them at once.`,
    );
    return merge(
      shown.map(({ durationMs, sources }, index) => frameOf(edges[index], durationMs, sources, [])),
    );
  }
  const frameLayers: FrameLayer[][] = shown.map(() => []);
  for (const [index, timed] of layers.entries()) {
    draw(timed, index, edges, windows[index], canvas, frameLayers);
  }
  // Thousands of frames may have the same hundred layers, which are then the same in memory.
  let before: readonly FrameLayer[] = [];
  return merge(
    shown.map(({ durationMs, sources }, index) => {
      const own = frameLayers[index] ?? [];
      before = areTheSame(before, own) ? before : own;
      return frameOf(edges[index], durationMs, sources, before);
    }),
  );
}

const frameOf = (
  atMs: number | undefined,
  durationMs: number,
  sources: readonly FrameSource[],
  layers: readonly FrameLayer[],
): PlannedFrame => ({ atMs: atMs ?? 0, durationMs, sources, layers });

/** On the grid of a format: what would be too short for it is left out, and the whole lasts as long as before, to a step of the grid. */
export function onGrid(frames: readonly PlannedFrame[], shortestMs: number, gridMs: number): PlannedFrame[] {
  const thinned = merge(timed(thin(frames, shortestMs, gridMs)));
  return thinned.map((frame, index) => {
    const atMs = toGrid(frame.atMs, gridMs);
    const next = thinned[index + 1];
    const endMs = toGrid(next?.atMs ?? frame.atMs + frame.durationMs, gridMs);
    const shortest =
      next !== undefined ? 0 : gridMs > 0 ? Math.ceil(shortestMs / gridMs) * gridMs : shortestMs;
    return {
      atMs,
      durationMs: toGrid(Math.max(endMs - atMs, shortest), gridMs),
      sources: frame.sources,
      layers: frame.layers,
    };
  });
}

/** The frames again and again. */
export const repeated = (frames: readonly PlannedFrame[], times: number): PlannedFrame[] =>
  merge(timed(Array.from({ length: times }, () => frames).flat()));

function timed(frames: readonly PlannedFrame[]): PlannedFrame[] {
  let nextMs = 0;
  return frames.map((frame) => {
    const atMs = nextMs;
    nextMs += frame.durationMs;
    return { ...frame, atMs };
  });
}

/** Frames in a row that show the same become one. */
function merge(frames: readonly PlannedFrame[]): PlannedFrame[] {
  const merged: PlannedFrame[] = [];
  for (const frame of frames) {
    const last = merged.at(-1);
    if (last !== undefined && showsTheSame(last, frame)) {
      merged[merged.length - 1] = { ...last, durationMs: last.durationMs + frame.durationMs };
    } else {
      merged.push(frame);
    }
  }
  return merged;
}

const showsTheSame = (a: PlannedFrame, b: PlannedFrame): boolean =>
  a.sources.length === b.sources.length &&
  a.sources.every((source, index) => {
    const other = b.sources[index];
    return source.source === other?.source && source.frame === other.frame && source.weight === other.weight;
  }) &&
  areTheSame(a.layers, b.layers);

const areTheSame = (a: readonly FrameLayer[], b: readonly FrameLayer[]): boolean =>
  a === b ||
  (a.length === b.length &&
    a.every((layer, index) => {
      const other = b[index];
      return (
        layer.layer === other?.layer &&
        layer.opacity === other.opacity &&
        layer.dx === other.dx &&
        layer.dy === other.dy &&
        layer.frame === other.frame
      );
    }));

function wantedMoments(layers: readonly TimedLayer[], endMs: number): number[][] {
  return [
    layers.flatMap(({ appearance }) => momentsOf(appearance, endMs)),
    layers.flatMap(({ layer, appearance }) => overlayMoments(layer, appearance, endMs)),
    layers.flatMap(({ appearance }) => fadeMoments(appearance, endMs)),
  ];
}

function overlayMoments(layer: PlannedLayer, appearance: Appearance, endMs: number): number[] {
  if (layer.kind === 'caption' || layer.probed.kind === 'still') {
    return [];
  }
  const delays = framesOf(0, layer.probed).map(({ durationMs }) => durationMs);
  const moments: number[] = [];
  let atMs = appearance.fromMs ?? 0;
  const untilMs = Math.min(appearance.toMs ?? endMs, endMs);
  for (let index = 0; atMs < untilMs; index = (index + 1) % delays.length) {
    moments.push(atMs);
    atMs += Math.max(1, delays[index] ?? 1);
  }
  return moments;
}

/** Adds a layer to the frames in which it is seen. */
function draw(
  { layer, appearance, opacity }: TimedLayer,
  index: number,
  edges: readonly number[],
  window: Window | undefined,
  canvas: PixelSize,
  frames: readonly FrameLayer[][],
): void {
  const clockEdges =
    layer.kind === 'overlay' && layer.probed.kind !== 'still' ? edgesOf(framesOf(0, layer.probed)) : [0];
  const roundMs = clockEdges.at(-1) ?? 0;
  if (window === undefined) {
    return;
  }
  for (let at = window.first; at < window.end; at += 1) {
    const middleMs = ((edges[at] ?? 0) + (edges[at + 1] ?? 0)) / 2;
    const seen = appearanceAt(appearance, window, middleMs, layer.box, canvas);
    const shownOpacity = Math.round(seen.opacity * opacity * 1000) / 1000;
    if (shownOpacity > 0) {
      frames[at]?.push({
        layer: index,
        opacity: shownOpacity,
        dx: seen.dx,
        dy: seen.dy,
        frame: roundMs > 0 ? indexAt(clockEdges, (middleMs - window.fromMs) % roundMs) : undefined,
      });
    }
  }
}
