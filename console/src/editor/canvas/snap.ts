import type { Box, Size } from './box.ts';

/** A line that something was brought to. */
export interface Guide {
  readonly axis: 'x' | 'y';
  /** In pixels of the canvas. */
  readonly at: number;
}

export interface Snapped {
  readonly dx: number;
  readonly dy: number;
  readonly guides: readonly Guide[];
}

/** Lines that attract: the edges and the middle of the picture, its margins, and edges and middles of what else is on it. */
export interface SnapLines {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Of the shorter side: text that is nearer to the edge looks cut. */
const margin = 0.03;

export function snapLines(canvas: Size, others: readonly Box[]): SnapLines {
  const inset = Math.min(canvas.width, canvas.height) * margin;
  return {
    x: [
      canvas.width / 2,
      0,
      canvas.width,
      inset,
      canvas.width - inset,
      ...others.flatMap(({ left, width }) => [left + width / 2, left, left + width]),
    ],
    y: [
      canvas.height / 2,
      0,
      canvas.height,
      inset,
      canvas.height - inset,
      ...others.flatMap(({ top, height }) => [top + height / 2, top, top + height]),
    ],
  };
}

/**
 * How far a box is to be moved so that one of its edges or its middle lies on a line; 0 where none is near.
 *
 * @param reach how near is near, in pixels of the canvas
 */
export function snapMove(bounds: Box, lines: SnapLines, reach: number): Snapped {
  const x = nearest(
    [bounds.left + bounds.width / 2, bounds.left, bounds.left + bounds.width],
    lines.x,
    reach,
  );
  const y = nearest([bounds.top + bounds.height / 2, bounds.top, bounds.top + bounds.height], lines.y, reach);
  return snapped(x, y);
}

/** How far an edge or a corner is to be moved; only the given ones attract. */
export const snapEdges = (
  edges: { readonly x?: number | undefined; readonly y?: number | undefined },
  lines: SnapLines,
  reach: number,
): Snapped => {
  const x = edges.x === undefined ? undefined : nearest([edges.x], lines.x, reach);
  const y = edges.y === undefined ? undefined : nearest([edges.y], lines.y, reach);
  return snapped(x, y);
};

interface Near {
  readonly by: number;
  readonly at: number;
}

const snapped = (x: Near | undefined, y: Near | undefined): Snapped => ({
  dx: x?.by ?? 0,
  dy: y?.by ?? 0,
  guides: [
    ...(x === undefined ? [] : [{ axis: 'x' as const, at: x.at }]),
    ...(y === undefined ? [] : [{ axis: 'y' as const, at: y.at }]),
  ],
});

function nearest(edges: readonly number[], lines: readonly number[], reach: number): Near | undefined {
  let found: Near | undefined;
  for (const at of lines) {
    for (const edge of edges) {
      const by = at - edge;
      if (Math.abs(by) <= reach && (found === undefined || Math.abs(by) < Math.abs(found.by) - 1e-9)) {
        found = { by, at };
      }
    }
  }
  return found;
}
