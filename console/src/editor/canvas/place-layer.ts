import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { TemplateView } from '../../../../functions/contracts/studio-library.ts';
import { captionInBox, captionLook, isFixed } from '../state/caption-look.ts';
import type { CaptionInput, Edit, OverlayInput } from '../state/document.ts';
import { changeCaption, changeOverlay } from '../state/layer-edits.ts';
import type { LayerRef } from '../state/layer.ts';
import { centreOf, toFractions, type Box, type Placed, type Size } from './box.ts';

/** A layer as it was when the gesture began: every step of the gesture is counted from there. */
export type LayerBefore =
  | { readonly kind: 'caption'; readonly index: number; readonly caption: CaptionInput }
  | { readonly kind: 'overlay'; readonly index: number; readonly overlay: OverlayInput };

/** Undefined when there is no such layer any more. */
export function layerBefore(recipe: RecipeInput, { kind, index }: LayerRef): LayerBefore | undefined {
  if (kind === 'caption') {
    const caption = recipe.captions?.[index];
    return caption && { kind, index, caption };
  }
  const overlay = recipe.overlays?.[index];
  return overlay && { kind, index, overlay };
}

const sizes = { least: 6, mostMinSize: 500, mostMaxSize: 1000 } as const;

/**
 * Puts a layer where a gesture brought it.
 *
 * @param grown how much larger letters of a limited size are to become, where the gesture makes the layer larger as a whole
 */
export function placeLayer(
  before: LayerBefore,
  { box, rotate }: Placed,
  canvas: Size,
  slots: TemplateView['captions'],
  grown = 1,
): Edit {
  if (before.kind === 'overlay') {
    const { overlay, index } = before;
    const kept = keepReachable(box, canvas);
    return changeOverlay(index, () => ({
      ...overlay,
      box: toFractions(kept, canvas),
      rotate: rotate === 0 ? undefined : rotate,
    }));
  }
  const { caption, index } = before;
  const placed = captionInBox(caption, slots, toFractions(within(box, canvas), canvas));
  return changeCaption(index, () => {
    const scaled = (size: number | undefined, most: number): number | undefined =>
      size === undefined || grown === 1
        ? size
        : Math.min(most, Math.max(sizes.least, Math.round(size * grown * 10) / 10));
    return {
      ...placed,
      minSize: isFixed(captionLook(caption, slots))
        ? scaled(placed.minSize, sizes.mostMinSize)
        : placed.minSize,
      maxSize: scaled(placed.maxSize, sizes.mostMaxSize),
      rotate: rotate === 0 ? undefined : rotate,
    };
  });
}

/** As it was before the gesture. */
export const putBack = (before: LayerBefore): Edit =>
  before.kind === 'caption'
    ? changeCaption(before.index, () => before.caption)
    : changeOverlay(before.index, () => before.overlay);

/** The part of a caption's box that is on the picture: text is fitted to that. */
export function within(box: Box, canvas: Size): Box {
  const left = Math.min(Math.max(0, box.left), canvas.width - 1);
  const top = Math.min(Math.max(0, box.top), canvas.height - 1);
  return {
    left,
    top,
    width: Math.max(1, Math.min(canvas.width, box.left + box.width) - left),
    height: Math.max(1, Math.min(canvas.height, box.top + box.height) - top),
  };
}

/** With its middle on the picture and no larger than twice it, so that it can be taken hold of again. */
function keepReachable(box: Box, canvas: Size): Box {
  const factor = Math.min(1, (canvas.width * 2) / box.width, (canvas.height * 2) / box.height);
  const { x, y } = centreOf(box);
  const width = box.width * factor;
  const height = box.height * factor;
  return {
    left: Math.min(Math.max(0, x), canvas.width) - width / 2,
    top: Math.min(Math.max(0, y), canvas.height) - height / 2,
    width,
    height,
  };
}
