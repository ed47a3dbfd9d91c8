import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { TemplateView } from '../../../../functions/contracts/studio-library.ts';
import {
  affineOf,
  followedBy,
  identity,
  moveBox,
  type Affine,
} from '../../../../functions/studio/domain/affine.ts';
import { places } from '../../../../functions/studio/domain/plan-layers.ts';
import type { Plan, PlannedSource } from '../../../../functions/studio/domain/plan.ts';
import { captionLook, slotOf } from '../state/caption-look.ts';
import type { CaptionInput } from '../state/document.ts';
import { layersOf, type LayerRef } from '../state/layer.ts';
import { boxAround, centreOf, toPixels, type Box, type Placed, type Size } from './box.ts';
import { within } from './place-layer.ts';

/** Where a layer is on the canvas. */
export interface LayerBox extends Placed {
  readonly layer: LayerRef;
  /** A caption in which nothing is written: it is shown as a frame to write in, and in no result. */
  readonly isEmpty: boolean;
}

/**
 * Every layer that has a place, from the one furthest back to the one in front: where the plan has it, or where the plan would have it if something were written in it.
 *
 * @param captions for each caption of the plan's recipe the index that it has in the editor
 */
export function layerBoxes(
  recipe: RecipeInput,
  plan: Plan,
  captions: readonly number[],
  slots: TemplateView['captions'],
): LayerBox[] {
  return layersOf(recipe).flatMap((layer): LayerBox[] => {
    const isCaption = layer.kind === 'caption';
    const caption = isCaption ? recipe.captions?.[layer.index] : undefined;
    const isEmpty = caption?.text.trim() === '';
    const own = isCaption ? captions.indexOf(layer.index) : layer.index;
    const planned = plan.layers.find(({ kind, index }) => kind === layer.kind && index === own);
    if (planned !== undefined && !isEmpty) {
      const box = planned.kind === 'overlay' ? contained(planned.probed, planned.box) : planned.box;
      return [{ layer, box, rotate: planned.rotate, isEmpty: false }];
    }
    const box = caption && emptyBox(caption, plan, slots);
    return box === undefined || caption === undefined
      ? []
      : [{ layer, box, rotate: captionLook(caption, slots).rotate, isEmpty }];
  });
}

/** An overlay is drawn as large as fits in its box, in its middle. */
function contained(size: Size, box: Box): Box {
  const factor = Math.min(box.width / size.width, box.height / size.height);
  return boxAround(centreOf(box), { width: size.width * factor, height: size.height * factor });
}

/** Undefined where only the pixels decide, after a crop to where there is most to see. */
function emptyBox(caption: CaptionInput, plan: Plan, slots: TemplateView['captions']): Box | undefined {
  const place = caption.place ?? 'top';
  if (typeof place === 'string') {
    return toPixels(places[place], plan.canvas);
  }
  if ('left' in place) {
    return within(toPixels(place, plan.canvas), plan.canvas);
  }
  const slot = slotOf(caption, slots);
  const [source] = plan.sources;
  const affine = source && affineTo(source);
  return slot === undefined || affine === undefined || source === undefined
    ? undefined
    : within(toPixels(moveBox(slot.box, affine, source.probed, plan.canvas), plan.canvas), plan.canvas);
}

function affineTo({ probed, geometry }: PlannedSource): Affine | undefined {
  let affine: Affine | undefined = identity;
  let before: { readonly width: number; readonly height: number } = probed;
  for (const step of geometry) {
    const own = affineOf(step, before);
    affine = affine === undefined || own === undefined ? undefined : followedBy(affine, own);
    before = step;
  }
  return affine;
}
