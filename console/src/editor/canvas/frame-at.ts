import type { Plan } from '../../../../functions/studio/domain/plan.ts';
import type { LayerBox } from './layer-boxes.ts';

/** Index of the frame that is seen at a moment; the last one after the end. */
export function frameAt(plan: Pick<Plan, 'frames'>, atMs: number): number {
  let low = 0;
  let high = plan.frames.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((plan.frames[middle]?.atMs ?? 0) <= atMs) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

/**
 * Whether a layer is on the canvas at a moment. Captions in which nothing is written always are: they are to be found.
 *
 * @param captions for each caption of the plan's recipe the index that it has in the editor
 */
export function isSeenAt(
  { layer, isEmpty }: LayerBox,
  plan: Plan,
  captions: readonly number[],
  atMs: number,
): boolean {
  const own = layer.kind === 'caption' ? captions.indexOf(layer.index) : layer.index;
  const planned = plan.layers.findIndex(({ kind, index }) => kind === layer.kind && index === own);
  return (
    isEmpty || (plan.frames[frameAt(plan, atMs)]?.layers.some((each) => each.layer === planned) ?? false)
  );
}
