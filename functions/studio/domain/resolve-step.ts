import type { GeometryStep } from '../../contracts/recipe.ts';
import { pixels } from './in-words.ts';
import type { PixelSize, PlannedStep } from './plan.ts';

/** Of what comes between the steps; a picture that is turned may be larger than what is made in the end. */
const mostSide = 8192;
/** Fractions that people type are rounded: 0.333 + 0.667. */
const tolerance = 0.002;

/** Steps in whole pixels, or why there are none. */
export type Resolved = readonly PlannedStep[] | { readonly pointer: string; readonly detail: string };

/**
 * One step of a recipe on a picture of a size, in whole pixels; no steps when nothing changes.
 *
 * @param scale what lengths in pixels are multiplied by, when the picture was made smaller beforehand
 */
export function resolveStep(step: GeometryStep, size: PixelSize, scale: number): Resolved {
  switch (step.op) {
    case 'crop':
      return 'aspect' in step.to ? cropToAspect(step.to, size) : cropToBox(step.to, size);
    case 'resize':
      return resize(step, size, scale);
    case 'rotate':
      return rotate(step, size);
    case 'flip':
      return [{ op: 'flip', axis: step.axis, ...size }];
    case 'pad': {
      const [top = 0, right = 0, bottom = 0, left = 0] = [step.top, step.right, step.bottom, step.left].map(
        (length) => Math.round(length * scale),
      );
      return checked('', [
        {
          op: 'pad',
          left,
          top,
          width: size.width + left + right,
          height: size.height + top + bottom,
          colour: step.colour,
        },
      ]);
    }
  }
}

function cropToBox(
  box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
  size: PixelSize,
): Resolved {
  if (
    box.left < -tolerance ||
    box.top < -tolerance ||
    box.left + box.width > 1 + tolerance ||
    box.top + box.height > 1 + tolerance
  ) {
    return {
      pointer: '/to',
      detail: 'The crop reaches outside of the picture: left + width and top + height are at most 1.',
    };
  }
  const left = clamp(Math.round(box.left * size.width), 0, size.width - 1);
  const top = clamp(Math.round(box.top * size.height), 0, size.height - 1);
  const width = clamp(Math.round(box.width * size.width), 1, size.width - left);
  const height = clamp(Math.round(box.height * size.height), 1, size.height - top);
  return isSame({ width, height }, size) ? [] : [{ op: 'crop', left, top, width, height }];
}

function cropToAspect(
  { aspect, focus }: { readonly aspect: string; readonly focus: 'centre' | 'attention' },
  size: PixelSize,
): Resolved {
  const [across = 0, down = 0] = aspect.split(':').map(Number);
  if (across === 0 || down === 0) {
    return { pointer: '/to/aspect', detail: 'An aspect has no 0 in it: 1:1 or 16:9, for instance.' };
  }
  const factor = Math.min(size.width / across, size.height / down);
  const width = clamp(Math.round(across * factor), 1, size.width);
  const height = clamp(Math.round(down * factor), 1, size.height);
  if (isSame({ width, height }, size)) {
    return [];
  }
  return focus === 'attention'
    ? [{ op: 'crop-to-attention', width, height }]
    : [cropToMiddle(size, { width, height })];
}

const cropToMiddle = (size: PixelSize, to: PixelSize): PlannedStep => ({
  op: 'crop',
  left: Math.floor((size.width - to.width) / 2),
  top: Math.floor((size.height - to.height) / 2),
  ...to,
});

function resize(
  step: Extract<GeometryStep, { readonly op: 'resize' }>,
  size: PixelSize,
  scale: number,
): Resolved {
  const width = step.width === undefined ? undefined : atLeastOne(step.width * scale);
  const height = step.height === undefined ? undefined : atLeastOne(step.height * scale);
  if (width === undefined && height === undefined) {
    return { pointer: '', detail: 'A resize needs a width, a height or both.' };
  }
  if (step.fit !== 'fit' && (width === undefined || height === undefined)) {
    return { pointer: '/fit', detail: `${step.fit} needs a width and a height.` };
  }
  const across = (width ?? Infinity) / size.width;
  const down = (height ?? Infinity) / size.height;
  const scaled = (factor: number): PixelSize => ({
    width: atLeastOne(size.width * factor),
    height: atLeastOne(size.height * factor),
  });
  switch (step.fit) {
    case 'fit':
      return checked('', resizeTo(scaled(Math.min(across, down)), size));
    case 'fill':
      return checked('', resizeTo({ width: width ?? size.width, height: height ?? size.height }, size));
    case 'cover': {
      const to = { width: width ?? size.width, height: height ?? size.height };
      const covering = scaled(Math.max(across, down));
      const large = {
        width: Math.max(covering.width, to.width),
        height: Math.max(covering.height, to.height),
      };
      return checked('', [...resizeTo(large, size), ...(isSame(large, to) ? [] : [cropToMiddle(large, to)])]);
    }
  }
}

const resizeTo = (to: PixelSize, size: PixelSize): PlannedStep[] =>
  isSame(to, size) ? [] : [{ op: 'resize', ...to }];

function rotate(step: Extract<GeometryStep, { readonly op: 'rotate' }>, size: PixelSize): Resolved {
  const degrees = ((step.degrees % 360) + 360) % 360;
  switch (degrees) {
    case 0:
      return [];
    case 180:
      return [{ op: 'turn', degrees, ...size }];
    case 90:
    case 270:
      return [{ op: 'turn', degrees, width: size.height, height: size.width }];
    default: {
      const cos = Math.abs(Math.cos((degrees * Math.PI) / 180));
      const sin = Math.abs(Math.sin((degrees * Math.PI) / 180));
      return checked('', [
        {
          op: 'rotate',
          degrees,
          background: step.background,
          width: Math.ceil(size.width * cos + size.height * sin - 1e-6),
          height: Math.ceil(size.width * sin + size.height * cos - 1e-6),
        },
      ]);
    }
  }
}

function checked(pointer: string, steps: readonly PlannedStep[]): Resolved {
  const large = steps.find(({ width, height }) => width > mostSide || height > mostSide);
  return large === undefined
    ? steps
    : {
        pointer,
        detail: `The picture becomes ${pixels(large)} here; ${mostSide} is the most a side may have. Make it smaller before.`,
      };
}

export const isSame = (a: PixelSize, b: PixelSize): boolean => a.width === b.width && a.height === b.height;
const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
const atLeastOne = (length: number): number => Math.max(1, Math.round(length));
