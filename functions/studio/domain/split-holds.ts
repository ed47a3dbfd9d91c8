import type { Segment } from './segment.ts';

/** A frame that is shown no longer than this is never split: its own delay is kept, and what should change within it changes at its nearer edge. */
const longestFrameMs = 100;
/** No part of a frame is shorter: the shortest delay that browsers play as it is. */
const shortestPartMs = 20;

/**
 * Splits what is held for long at the moments when something over it changes.
 *
 * @param wanted groups of moments, the most important first: what is too near to a moment of an earlier group is left out
 */
export function splitHolds(segments: readonly Segment[], wanted: readonly (readonly number[])[]): Segment[] {
  const sorted = wanted.map((moments) => moments.toSorted((a, b) => a - b));
  const nexts = sorted.map(() => 0);
  let atMs = 0;
  return segments.flatMap((segment) => {
    const startMs = atMs;
    const endMs = startMs + segment.durationMs;
    atMs = endMs;
    const within = sorted.map((moments, group) => {
      const from = nexts[group] ?? 0;
      let to = from;
      while (to < moments.length && (moments[to] ?? 0) < endMs) {
        to += 1;
      }
      nexts[group] = to;
      return moments.slice(from, to);
    });
    if (segment.durationMs <= longestFrameMs) {
      return [segment];
    }
    const edges = within.reduce<readonly number[]>(addMoments, [startMs, endMs]);
    return edges.slice(1).map((edgeMs, index) => ({
      durationMs: edgeMs - (edges[index] ?? startMs),
      sources: segment.sources,
    }));
  });
}

/** Both ascending. */
function addMoments(edges: readonly number[], moments: readonly number[]): number[] {
  const all: number[] = [];
  let next = 0;
  for (const momentMs of moments) {
    while (next < edges.length && (edges[next] ?? 0) <= momentMs) {
      all.push(edges[next] ?? 0);
      next += 1;
    }
    const beforeMs = all.at(-1) ?? Infinity;
    const afterMs = edges[next] ?? -Infinity;
    if (momentMs - beforeMs >= shortestPartMs && afterMs - momentMs >= shortestPartMs) {
      all.push(momentMs);
    }
  }
  return [...all, ...edges.slice(next)];
}
