import type { RecipeBox } from '../../../../functions/contracts/recipe.ts';
import { compact, editRecipe, type Edit, type GeometryInput } from './document.ts';
import { isWhole, roundedFraction } from './fractions.ts';

type Pad = Extract<GeometryInput, { readonly op: 'pad' }>;

/** Mirrored first, then turned clockwise: each of the eight ways to lay a picture down, said once. */
export interface Turn {
  readonly isMirrored: boolean;
  readonly quarters: 0 | 1 | 2 | 3;
}

/**
 * A recipe's geometry as the editor shows it: other people's steps first, as they are; then how it is turned, what is cut away, and what is put around it.
 */
export interface FrameGeometry {
  readonly lead: readonly GeometryInput[];
  readonly turn: Turn;
  readonly crop: RecipeBox | undefined;
  readonly pad: Pad | undefined;
}

export const noTurn: Turn = { isMirrored: false, quarters: 0 };

/** Reads from the end as much as fits the form; the rest leads. */
export function readFrame(geometry: readonly GeometryInput[] | undefined): FrameGeometry {
  const steps = [...(geometry ?? [])];
  let pad: Pad | undefined;
  let crop: RecipeBox | undefined;
  const last = steps.at(-1);
  if (last?.op === 'pad') {
    pad = last;
    steps.pop();
  }
  const before = steps.at(-1);
  if (before?.op === 'crop' && 'left' in before.to) {
    crop = before.to;
    steps.pop();
  }
  const turns: GeometryInput[] = [];
  for (let step = steps.at(-1); step !== undefined && isTurning(step); step = steps.at(-1)) {
    turns.unshift(step);
    steps.pop();
  }
  return { lead: steps, turn: turns.reduce(turnedBy, noTurn), crop, pad };
}

export function writeFrame({ lead, turn, crop, pad }: FrameGeometry): GeometryInput[] {
  return [
    ...lead,
    ...(turn.isMirrored ? [{ op: 'flip' as const, axis: 'horizontal' as const }] : []),
    ...(turn.quarters > 0 ? [{ op: 'rotate' as const, degrees: turn.quarters * 90 }] : []),
    ...(crop === undefined || isWhole(crop) ? [] : [{ op: 'crop' as const, to: crop }]),
    ...(pad === undefined || isNothing(pad) ? [] : [pad]),
  ];
}

const editFrame = (change: (frame: FrameGeometry) => FrameGeometry): Edit =>
  editRecipe((recipe) => {
    const geometry = writeFrame(change(readFrame(recipe.geometry)));
    const { geometry: _, ...rest } = recipe;
    return geometry.length === 0 ? rest : { ...recipe, geometry };
  });

/** Turns what is seen, with what was cut away and what lies around it. */
export const turnClockwise: Edit = editFrame((frame) => ({
  ...frame,
  turn: quarterMore(frame.turn),
  crop: frame.crop && {
    left: roundedFraction(1 - frame.crop.top - frame.crop.height),
    top: frame.crop.left,
    width: frame.crop.height,
    height: frame.crop.width,
  },
  pad:
    frame.pad &&
    compact({
      ...frame.pad,
      top: frame.pad.left,
      right: frame.pad.top,
      bottom: frame.pad.right,
      left: frame.pad.bottom,
    }),
}));

/** Mirrors what is seen, left for right. */
export const mirror: Edit = editFrame((frame) => ({
  ...frame,
  turn: mirrored(frame.turn),
  crop: frame.crop && { ...frame.crop, left: roundedFraction(1 - frame.crop.left - frame.crop.width) },
  pad: frame.pad && compact({ ...frame.pad, left: frame.pad.right, right: frame.pad.left }),
}));

/** Of the turned picture; undefined shows all of it. */
export const cropTo = (crop: RecipeBox | undefined): Edit =>
  editFrame((frame) => ({
    ...frame,
    crop: crop && {
      left: roundedFraction(crop.left),
      top: roundedFraction(crop.top),
      width: roundedFraction(crop.width),
      height: roundedFraction(crop.height),
    },
  }));

/** Room around the picture, in pixels of it. */
export const padBy = (pad: Omit<Pad, 'op'> | undefined): Edit =>
  editFrame((frame) => ({ ...frame, pad: pad && compact({ ...pad, op: 'pad' as const }) }));

/** The largest box of an aspect in the middle of a picture, in fractions of it. */
export function boxOfAspect(
  aspect: number,
  picture: { readonly width: number; readonly height: number },
): RecipeBox {
  const own = picture.width / picture.height;
  const width = Math.min(1, aspect / own);
  const height = Math.min(1, own / aspect);
  return { left: (1 - width) / 2, top: (1 - height) / 2, width, height };
}

const isTurning = (step: GeometryInput): boolean =>
  step.op === 'flip' || (step.op === 'rotate' && step.degrees % 90 === 0);

function turnedBy(turn: Turn, step: GeometryInput): Turn {
  if (step.op === 'rotate') {
    const quarters = (((step.degrees / 90) % 4) + 4) % 4;
    return Array.from({ length: quarters }).reduce<Turn>(quarterMore, turn);
  }
  return step.op !== 'flip'
    ? turn
    : step.axis === 'horizontal'
      ? mirrored(turn)
      : quarterMore(quarterMore(mirrored(turn)));
}

function quarterMore({ isMirrored, quarters }: Turn): Turn {
  switch (quarters) {
    case 0:
      return { isMirrored, quarters: 1 };
    case 1:
      return { isMirrored, quarters: 2 };
    case 2:
      return { isMirrored, quarters: 3 };
    case 3:
      return { isMirrored, quarters: 0 };
  }
}

/** Mirroring after a turn is turning the other way after mirroring. */
function mirrored({ isMirrored, quarters }: Turn): Turn {
  return { isMirrored: !isMirrored, quarters: quarters === 1 ? 3 : quarters === 3 ? 1 : quarters };
}

const isNothing = ({ top = 0, right = 0, bottom = 0, left = 0 }: Pad): boolean =>
  top + right + bottom + left === 0;
