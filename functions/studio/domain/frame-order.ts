import type { Plan } from './plan.ts';

/** Which frames of a source are shown, in the order in which they are painted; what stays is there once. */
export const sourceOrder = ({ frames }: Pick<Plan, 'frames'>, source: number): number[] =>
  withoutRepetitions(
    frames.flatMap(({ sources }) =>
      sources.filter((each) => each.source === source).map(({ frame }) => frame),
    ),
  );

/** The same of an overlay. */
export const overlayOrder = ({ frames }: Pick<Plan, 'frames'>, layer: number): number[] =>
  withoutRepetitions(
    frames.flatMap(({ layers }) =>
      layers.filter((each) => each.layer === layer).map(({ frame = 0 }) => frame),
    ),
  );

const withoutRepetitions = (order: readonly number[]): number[] =>
  order.filter((index, at) => index !== order[at - 1]);
