import type { Picture } from '../../../../../functions/kernel/drawing/canvas.ts';
import type { PlannedLook } from '../../../../../functions/studio/domain/plan.ts';

/** What the worker is asked for … */
export interface LooksWork {
  readonly id: number;
  readonly picture: Picture;
  readonly looks: readonly PlannedLook[];
}

/** … and what it answers. */
export type LooksAnswer =
  | { readonly id: number; readonly picture: Picture }
  | { readonly id: number; readonly reason: string };
