import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsOf, centreOf, turnPoint, type Box } from '../../../../console/src/editor/canvas/box.ts';
import { cropAfter } from '../../../../console/src/editor/canvas/crop-box.ts';
import { moveCaptionBox } from '../../../../console/src/editor/canvas/move-caption.ts';
import { pinched, pinchOf } from '../../../../console/src/editor/canvas/pinch.ts';
import { handles, resizeBox, snapDegreesTo } from '../../../../console/src/editor/canvas/resize-box.ts';
import { snapLines, snapMove } from '../../../../console/src/editor/canvas/snap.ts';

const canvas = { width: 800, height: 600 };
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const boxes: fc.Arbitrary<Box> = fc.record({
  left: number(0, 400),
  top: number(0, 300),
  width: number(20, 400),
  height: number(20, 300),
});
const moves = fc.record({ x: number(-900, 900), y: number(-900, 900) });

/** The corner or the middle of a side that a handle leaves where it is. */
function heldBy(box: Box, handle: string, rotate: number) {
  const { x, y } = centreOf(box);
  const held = {
    x: handle.includes('e') ? box.left : handle.includes('w') ? box.left + box.width : x,
    y: handle.includes('s') ? box.top : handle.includes('n') ? box.top + box.height : y,
  };
  return turnPoint(held, { x, y }, rotate);
}

describe('a box that is resized', () => {
  it('keeps the opposite side where it is, however it is turned', () => {
    fc.assert(
      fc.property(
        boxes,
        fc.constantFrom(...handles),
        moves,
        number(-180, 180),
        fc.boolean(),
        (box, handle, by, rotate, keepsAspect) => {
          const resized = resizeBox({ box, rotate }, handle, by, { keepsAspect, least: 10 });
          const [before, after] = [heldBy(box, handle, rotate), heldBy(resized, handle, rotate)];
          expect(after.x).toBeCloseTo(before.x, 5);
          expect(after.y).toBeCloseTo(before.y, 5);
          expect(Math.min(resized.width, resized.height)).toBeGreaterThanOrEqual(10 - 1e-6);
          if (keepsAspect && handle.length === 2) {
            expect(resized.width / resized.height).toBeCloseTo(box.width / box.height, 5);
          }
        },
      ),
    );
  });

  it('follows the pointer', () => {
    const box = { left: 100, top: 100, width: 200, height: 100 };
    const rules = { keepsAspect: false, least: 10 };
    expect(resizeBox({ box, rotate: 0 }, 'se', { x: 30, y: 20 }, rules)).toEqual({
      ...box,
      width: 230,
      height: 120,
    });
    expect(resizeBox({ box, rotate: 0 }, 'w', { x: -40, y: 99 }, rules)).toEqual({
      ...box,
      left: 60,
      width: 240,
    });
    const turned = resizeBox({ box, rotate: 90 }, 'e', { x: 0, y: 50 }, rules);
    expect([turned.width, turned.height]).toEqual([250, 100]);
  });

  it('turns to upright when it nearly is, and by steps when asked', () => {
    expect(snapDegreesTo(87)).toBe(90);
    expect(snapDegreesTo(80)).toBe(80);
    expect(snapDegreesTo(-362)).toBe(0);
    expect(snapDegreesTo(80, 15)).toBe(75);
    expect(snapDegreesTo(181)).toBe(180);
  });
});

describe('a box that is moved', () => {
  it('is brought to the nearest line of those that are near', () => {
    const lines = snapLines(canvas, [{ left: 100, top: 100, width: 50, height: 50 }]);
    expect(snapMove({ left: 353, top: 296, width: 100, height: 100 }, lines, 7)).toEqual({
      dx: -3,
      dy: 4,
      guides: [
        { axis: 'x', at: 400 },
        { axis: 'y', at: 300 },
      ],
    });
    expect(snapMove({ left: 227, top: 444, width: 33, height: 33 }, lines, 7).guides).toEqual([]);
  });

  it('keeps a caption’s letters on the picture and its own box, with them in the same place in it', () => {
    fc.assert(
      fc.property(
        boxes,
        number(0, 1),
        number(0, 1),
        moves,
        fc.constantFrom('left' as const, 'centre' as const, 'right' as const),
        fc.constantFrom('top' as const, 'middle' as const, 'bottom' as const),
        (box, wide, high, by, align, verticalAlign) => {
          const width = Math.max(1, box.width * wide);
          const height = Math.max(1, box.height * high);
          const letters = {
            left: box.left + { left: 0, centre: 0.5, right: 1 }[align] * (box.width - width),
            top: box.top + { top: 0, middle: 0.5, bottom: 1 }[verticalAlign] * (box.height - height),
            width,
            height,
          };
          const moved = moveCaptionBox(box, letters, by, canvas, { align, verticalAlign });
          expect(moved.left).toBeGreaterThanOrEqual(-1e-6);
          expect(moved.top).toBeGreaterThanOrEqual(-1e-6);
          expect(moved.left + moved.width).toBeLessThanOrEqual(canvas.width + 1e-6);
          expect(moved.top + moved.height).toBeLessThanOrEqual(canvas.height + 1e-6);
          expect(moved.width).toBeGreaterThanOrEqual(Math.min(width, box.width) - 1e-6);
          expect(moved.height).toBeGreaterThanOrEqual(Math.min(height, box.height) - 1e-6);
          const left = moved.left + { left: 0, centre: 0.5, right: 1 }[align] * (moved.width - width);
          const wanted = Math.min(Math.max(0, letters.left + by.x), canvas.width - width);
          expect(left).toBeCloseTo(wanted, 5);
        },
      ),
    );
  });
});

describe('two fingers', () => {
  it('carry along what is under them', () => {
    const placed = { box: { left: 100, top: 100, width: 100, height: 50 }, rotate: 0 };
    const pinch = pinchOf(
      [
        { x: 100, y: 125 },
        { x: 200, y: 125 },
      ],
      [
        { x: 150, y: 25 },
        { x: 150, y: 225 },
      ],
    );
    expect([pinch.factor, pinch.degrees]).toEqual([2, 90]);
    const after = pinched(placed, pinch, 10);
    expect(after.rotate).toBe(90);
    expect([after.box.width, after.box.height]).toEqual([200, 100]);
    expect(centreOf(after.box)).toEqual({ x: 150, y: 125 });
    expect(boundsOf(after).width).toBeCloseTo(100, 6);
  });
});

describe('what is kept of a picture', () => {
  it('stays on it and in its shape, whatever is dragged', () => {
    fc.assert(
      fc.property(
        boxes,
        fc.constantFrom(...handles, 'move' as const),
        moves,
        fc.option(fc.constantFrom(1, 16 / 9, 9 / 16), { nil: undefined }),
        (before, grip, by, aspect) => {
          const own =
            aspect === undefined
              ? before
              : {
                  ...before,
                  ...(aspect > 1 ? { height: before.width / aspect } : { width: before.height * aspect }),
                };
          const after = cropAfter(own, grip, by, canvas, aspect);
          expect(after.left).toBeGreaterThanOrEqual(-1e-6);
          expect(after.top).toBeGreaterThanOrEqual(-1e-6);
          expect(after.left + after.width).toBeLessThanOrEqual(canvas.width + 1e-6);
          expect(after.top + after.height).toBeLessThanOrEqual(canvas.height + 1e-6);
          expect(Math.min(after.width, after.height)).toBeGreaterThan(0);
          if (aspect !== undefined) {
            expect(after.width / after.height).toBeCloseTo(aspect, 5);
          }
        },
      ),
    );
  });
});
