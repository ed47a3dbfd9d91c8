import type { Box, Size } from './box.ts';

/**
 * A caption's box after its letters were dragged. The letters stay on the picture, and the box keeps as much room for more of them as there is: it is cut at the
 * edges so that the letters stay where they were dragged to.
 *
 * @param letters where the letters are in the box before, upright
 */
export function moveCaptionBox(
  box: Box,
  letters: Box,
  by: { readonly x: number; readonly y: number },
  canvas: Size,
  anchor: {
    readonly align: 'left' | 'centre' | 'right';
    readonly verticalAlign: 'top' | 'middle' | 'bottom';
  },
): Box {
  const across = along(
    [box.left, box.width],
    [letters.left, letters.width],
    by.x,
    canvas.width,
    anchor.align === 'left' ? 'start' : anchor.align === 'right' ? 'end' : 'middle',
  );
  const down = along(
    [box.top, box.height],
    [letters.top, letters.height],
    by.y,
    canvas.height,
    anchor.verticalAlign === 'top' ? 'start' : anchor.verticalAlign === 'bottom' ? 'end' : 'middle',
  );
  return { left: across.start, width: across.length, top: down.start, height: down.length };
}

/** One axis of it. */
function along(
  [start, length]: readonly [number, number],
  [inkStart, inkLength]: readonly [number, number],
  by: number,
  most: number,
  anchor: 'start' | 'middle' | 'end',
): { readonly start: number; readonly length: number } {
  // Letters that are wider than the picture move no further than they reach already.
  const least = Math.min(0, inkStart);
  const room = Math.max(most, inkStart + inkLength);
  const moved = Math.min(Math.max(inkStart + by, least), room - inkLength) - inkStart;
  const from = start + moved;
  const to = from + length;
  switch (anchor) {
    case 'start': {
      const kept = Math.max(0, from);
      return { start: kept, length: Math.max(1, Math.min(to, most) - kept) };
    }
    case 'end': {
      const kept = Math.min(to, most);
      const begin = Math.max(0, from);
      return { start: Math.min(begin, kept - 1), length: Math.max(1, kept - begin) };
    }
    case 'middle': {
      const middle = from + length / 2;
      const half = Math.max(0.5, Math.min(length / 2, middle, most - middle));
      return { start: middle - half, length: half * 2 };
    }
  }
}
