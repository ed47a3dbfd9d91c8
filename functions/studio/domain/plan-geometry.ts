import type { GeometryStep } from '../../contracts/recipe.ts';
import { affineOf, followedBy, identity, type Affine } from './affine.ts';
import type { PixelSize, PlannedStep } from './plan.ts';
import { isSame, resolveStep } from './resolve-step.ts';

/** A step, and where it stands in the recipe; without a pointer it is our own, to fit a slide into its frame. */
export interface PointedStep {
  readonly step: GeometryStep;
  readonly pointer: string;
}

export interface PlannedGeometry {
  readonly steps: readonly PlannedStep[];
  readonly size: PixelSize;
  /** Where the points of the source are afterwards; undefined when only its pixels decide that. */
  readonly affine: Affine | undefined;
}

/** Takes a refusal; nothing is resolved after it. */
export type Refuse = (pointer: string, detail: string) => void;

/**
 * A source's geometry in whole pixels.
 *
 * @param to the size to end in, when that is not its own: what becomes smaller is made smaller as early as it can be, so that later steps have less to do
 * @returns undefined when a step was refused
 */
export function planGeometry(
  source: PixelSize,
  steps: readonly PointedStep[],
  refuse: Refuse,
  to?: PixelSize,
): PlannedGeometry | undefined {
  const own = resolve(source, steps, refuse);
  if (own === undefined || to === undefined || isSame(own.size, to)) {
    return own;
  }
  const factor = Math.max(to.width / own.size.width, to.height / own.size.height);
  const smaller = factor < 1 ? resolve(source, steps, refuse, factor) : own;
  return smaller === undefined ? undefined : ended(smaller, source, to);
}

/**
 * @param scale how much smaller it is to become: from the last resize on, which becomes smaller itself, or else from where everything is cut away that is not
 *   to be seen
 */
function resolve(
  source: PixelSize,
  pointed: readonly PointedStep[],
  refuse: Refuse,
  scale = 1,
): PlannedGeometry | undefined {
  const lastResize = pointed.findLastIndex(({ step }) => step.op === 'resize');
  const uncut = pointed.findIndex(({ step }) => step.op !== 'crop' && step.op !== 'flip');
  const scaledFrom = lastResize >= 0 ? lastResize : uncut >= 0 ? uncut : pointed.length;
  const course = new Course(source);
  for (let index = 0; index <= pointed.length; index += 1) {
    if (scale < 1 && index === scaledFrom && lastResize < 0) {
      const { width, height } = course.size;
      course.add({
        op: 'resize',
        width: Math.max(1, Math.round(width * scale)),
        height: Math.max(1, Math.round(height * scale)),
      });
    }
    const next = pointed[index];
    const resolved =
      next === undefined ? [] : resolveStep(next.step, course.size, index >= scaledFrom ? scale : 1);
    if ('detail' in resolved) {
      refuse(`${next?.pointer ?? ''}${resolved.pointer}`, resolved.detail);
      return undefined;
    }
    for (const step of resolved) {
      course.add(step);
    }
  }
  return course.done();
}

/** Ends in `to` exactly: lengths that were made smaller one by one may be off by a pixel. */
function ended(geometry: PlannedGeometry, source: PixelSize, to: PixelSize): PlannedGeometry {
  const course = new Course(source);
  const last = geometry.steps.at(-1);
  const isNear =
    Math.abs(geometry.size.width - to.width) <= 2 && Math.abs(geometry.size.height - to.height) <= 2;
  // Who turns or pads a picture can leave out or add a pixel at its edge: nothing is resampled again.
  const isGiving = isNear && (last?.op === 'pad' || last?.op === 'rotate' || last?.op === 'resize');
  for (const step of isGiving ? geometry.steps.slice(0, -1) : geometry.steps) {
    course.add(step);
  }
  if (isGiving) {
    course.add({ ...last, ...to });
  } else if (!isSame(course.size, to)) {
    course.add({ op: 'resize', ...to });
  }
  return course.done();
}

/** Steps so far, and where they have led to. */
class Course {
  size: PixelSize;
  readonly #source: PixelSize;
  readonly #steps: PlannedStep[] = [];

  constructor(source: PixelSize) {
    this.#source = { width: source.width, height: source.height };
    this.size = this.#source;
  }

  add(step: PlannedStep): void {
    const last = this.#steps.at(-1);
    if (
      step.op === 'resize' &&
      last?.op === 'resize' &&
      step.width <= last.width &&
      step.height <= last.height
    ) {
      this.#steps.pop();
    }
    this.#steps.push(step);
    this.size = { width: step.width, height: step.height };
  }

  done(): PlannedGeometry {
    let affine: Affine | undefined = identity;
    let before = this.#source;
    for (const step of this.#steps) {
      const own = affineOf(step, before);
      affine = affine === undefined || own === undefined ? undefined : followedBy(affine, own);
      before = { width: step.width, height: step.height };
    }
    return { steps: this.#steps, size: this.size, affine };
  }
}
