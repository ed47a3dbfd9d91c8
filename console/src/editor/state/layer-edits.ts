import { compact, editRecipe, type CaptionInput, type Edit, type OverlayInput } from './document.ts';
import { roundedFraction } from './fractions.ts';
import { layerAt, type LayerRef, type LayerTiming } from './layer.ts';

/** The most that the contract takes of each. */
export const mostLayers = { caption: 100, overlay: 20 } as const;
/** The most that the contract takes, in milliseconds. */
export const longestFadeMs = 10_000;

export const changeCaption = (index: number, change: (caption: CaptionInput) => CaptionInput): Edit =>
  editRecipe((recipe) => {
    const captions = recipe.captions ?? [];
    return captions[index] === undefined
      ? recipe
      : { ...recipe, captions: captions.map((each, at) => (at === index ? compact(change(each)) : each)) };
  });

export const changeOverlay = (index: number, change: (overlay: OverlayInput) => OverlayInput): Edit =>
  editRecipe((recipe) => {
    const overlays = recipe.overlays ?? [];
    return overlays[index] === undefined
      ? recipe
      : { ...recipe, overlays: overlays.map((each, at) => (at === index ? compact(change(each)) : each)) };
  });

/** When it is seen, how it comes and goes, how far it is turned. An undefined value takes the key away. */
export const changeTiming = ({ kind, index }: LayerRef, timing: LayerTiming): Edit =>
  kind === 'caption'
    ? changeCaption(index, (caption) => ({ ...caption, ...timing }))
    : changeOverlay(index, (overlay) => ({ ...overlay, ...timing }));

export const addCaption = (caption: CaptionInput): Edit =>
  editRecipe((recipe) =>
    (recipe.captions ?? []).length >= mostLayers.caption
      ? recipe
      : { ...recipe, captions: [...(recipe.captions ?? []), compact(caption)] },
  );

export const addOverlay = (overlay: OverlayInput): Edit =>
  editRecipe((recipe) =>
    (recipe.overlays ?? []).length >= mostLayers.overlay
      ? recipe
      : { ...recipe, overlays: [...(recipe.overlays ?? []), compact(overlay)] },
  );

export const removeLayer = ({ kind, index }: LayerRef): Edit =>
  editRecipe((recipe) => {
    if (layerAt(recipe, { kind, index }) === undefined) {
      return recipe;
    }
    return kind === 'caption'
      ? { ...recipe, captions: (recipe.captions ?? []).filter((_, at) => at !== index) }
      : { ...recipe, overlays: (recipe.overlays ?? []).filter((_, at) => at !== index) };
  });

/** How far a copy lies from what it was copied from, as a fraction of the picture. */
const copyOffset = 0.04;

/** The copy is the new last one of its kind: it lies in front. */
export const duplicateLayer = (layer: LayerRef): Edit =>
  editRecipe((recipe) => {
    if (layer.kind === 'caption') {
      const caption = recipe.captions?.[layer.index];
      const captions = recipe.captions ?? [];
      return caption === undefined || captions.length >= mostLayers.caption
        ? recipe
        : { ...recipe, captions: [...captions, { ...caption, place: movedPlace(caption.place) }] };
    }
    const overlay = recipe.overlays?.[layer.index];
    const overlays = recipe.overlays ?? [];
    return overlay === undefined || overlays.length >= mostLayers.overlay
      ? recipe
      : { ...recipe, overlays: [...overlays, { ...overlay, box: moved(overlay.box) }] };
  });

const movedPlace = (place: CaptionInput['place']): CaptionInput['place'] =>
  typeof place === 'object' && 'left' in place ? moved(place) : place;

const moved = <T extends OverlayInput['box']>(box: T): T => ({
  ...box,
  left: towards(box.left, box.width),
  top: towards(box.top, box.height),
});

/** Right and down, or left and up where there is no room. */
const towards = (start: number, length: number): number =>
  roundedFraction(start + length + copyOffset <= 1 ? start + copyOffset : start - copyOffset);

export type OrderMove = 'forward' | 'backward' | 'front' | 'back';

/** Where it is after a move; captions always lie over overlays. */
export function orderAfter(index: number, count: number, move: OrderMove): number {
  switch (move) {
    case 'forward':
      return Math.min(index + 1, count - 1);
    case 'backward':
      return Math.max(index - 1, 0);
    case 'front':
      return count - 1;
    case 'back':
      return 0;
  }
}

export const reorderLayer = ({ kind, index }: LayerRef, move: OrderMove): Edit =>
  editRecipe((recipe) => {
    if (kind === 'caption') {
      const captions = reordered(recipe.captions ?? [], index, move);
      return captions === undefined ? recipe : { ...recipe, captions };
    }
    const overlays = reordered(recipe.overlays ?? [], index, move);
    return overlays === undefined ? recipe : { ...recipe, overlays };
  });

/** Undefined when it stays where it is. */
function reordered<T>(all: readonly T[], index: number, move: OrderMove): T[] | undefined {
  const moving = all[index];
  const to = orderAfter(index, all.length, move);
  return moving === undefined || to === index
    ? undefined
    : all.filter((_, at) => at !== index).toSpliced(to, 0, moving);
}
