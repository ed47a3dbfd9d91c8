import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GeometryStep } from '../../../../functions/contracts/recipe.ts';
import {
  affineOf,
  followedBy,
  identity,
  moveBox,
  type Affine,
} from '../../../../functions/studio/domain/affine.ts';
import { resolveStep } from '../../../../functions/studio/domain/resolve-step.ts';
import type { EditorDocument, GeometryInput } from '../../../../console/src/editor/state/document.ts';
import {
  cropTo,
  mirror,
  padBy,
  readFrame,
  turnClockwise,
  writeFrame,
} from '../../../../console/src/editor/state/frame-edits.ts';

const start: EditorDocument = {
  recipe: {
    version: 1,
    source: { kind: 'colour', colour: '#ffffff', width: 400, height: 200 },
    output: { format: 'png' },
  },
};

const filled = (step: GeometryInput): GeometryStep =>
  step.op === 'pad'
    ? {
        ...step,
        top: step.top ?? 0,
        right: step.right ?? 0,
        bottom: step.bottom ?? 0,
        left: step.left ?? 0,
        colour: step.colour ?? '#ffffff',
      }
    : step.op === 'rotate'
      ? { ...step, background: '#00000000' }
      : step.op === 'crop' && 'left' in step.to
        ? { op: 'crop', to: step.to }
        : step.op === 'flip'
          ? step
          : { op: 'flip', axis: 'horizontal' };

/** Where a picture’s points are after its steps. */
function placesAfter(steps: readonly GeometryInput[]): {
  readonly affine: Affine;
  readonly width: number;
  readonly height: number;
} {
  let affine = identity;
  let size = { width: 400, height: 200 };
  for (const step of steps) {
    const resolved = resolveStep(filled(step), size, 1);
    if ('detail' in resolved) {
      throw new Error(resolved.detail);
    }
    for (const each of resolved) {
      affine = followedBy(affine, affineOf(each, size) ?? identity);
      size = { width: each.width, height: each.height };
    }
  }
  return { affine, ...size };
}

const mark = { left: 0.4, top: 0.3, width: 0.1, height: 0.2 };
const seen = (steps: readonly GeometryInput[]) => {
  const { affine, width, height } = placesAfter(steps);
  const {
    left,
    top,
    width: wide,
    height: high,
  } = moveBox(mark, affine, { width: 400, height: 200 }, { width, height });
  return [left * width, top * height, wide * width, high * height, width, height].map((length) =>
    Math.round(length),
  );
};

describe('how a picture lies in its frame', () => {
  it('turns and mirrors what is seen, with what was cut away and what is around', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('turn' as const, 'mirror' as const, 'crop' as const, 'pad' as const), {
          maxLength: 8,
        }),
        (moves) => {
          let document = start;
          for (const move of moves) {
            const steps = document.recipe.geometry ?? [];
            const edit = {
              turn: turnClockwise,
              mirror,
              crop: cropTo({ left: 0.25, top: 0.1, width: 0.5, height: 0.8 }),
              pad: padBy({ top: 40, left: 10, colour: '#000000' }),
            }[move];
            const after = edit(document);
            if (move === 'turn' || move === 'mirror') {
              const said: GeometryInput =
                move === 'turn' ? { op: 'rotate', degrees: 90 } : { op: 'flip', axis: 'horizontal' };
              expect(seen(after.recipe.geometry ?? [])).toEqual(seen([...steps, said]));
            }
            expect((after.recipe.geometry ?? []).length).toBeLessThanOrEqual(4);
            document = after;
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('leaves other people’s steps as they are', () => {
    const geometry: GeometryInput[] = [
      { op: 'crop', to: { aspect: '1:1', focus: 'attention' } },
      { op: 'rotate', degrees: 12 },
      { op: 'resize', width: 300 },
    ];
    const { recipe } = turnClockwise({ recipe: { ...start.recipe, geometry } });
    expect(recipe.geometry).toEqual([...geometry, { op: 'rotate', degrees: 90 }]);
    expect(writeFrame(readFrame(geometry))).toEqual(geometry);
  });

  it('says nothing when nothing is cut, turned or put around', () => {
    const four = [turnClockwise, turnClockwise, turnClockwise, turnClockwise, mirror, mirror];
    expect(four.reduce((document, edit) => edit(document), start)).toEqual(start);
    expect(cropTo({ left: 0, top: 0, width: 1, height: 1 })(start)).toEqual(start);
  });
});
