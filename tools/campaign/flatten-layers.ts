import { createCanvas, drawPicture, type Picture } from '../../functions/kernel/drawing/canvas.ts';
import type { Colour } from '../../functions/kernel/drawing/colour.ts';
import type { Size } from '../../functions/kernel/drawing/crop.ts';
import { inkedPart, type PlacedPicture } from '../../functions/kernel/drawing/paint-text.ts';

/** A layer that is the same for everybody, drawn; or one that is not, as it was. */
export type Flattened<T> =
  | { readonly kind: 'static'; readonly placed: PlacedPicture }
  | { readonly kind: 'dynamic'; readonly layer: T };

const transparent: Colour = { red: 0, green: 0, blue: 0, alpha: 0 };
/** Two pictures become one when that has at most this many times the pixels of both: every pixel is looked at for every photo. */
const worthwhile = 1.25;

/**
 * Draws neighbouring static layers into one picture where that is the same and not more work: those at the bottom onto the background if
 * that is opaque, the others onto nothing. What is drawn outside of the variant, and what is empty, is dropped.
 */
export function flattenLayers<T>(
  layers: readonly Flattened<T>[],
  variant: Size,
  background: Colour,
): Flattened<T>[] {
  const flattened: Flattened<T>[] = [];
  for (const layer of layers) {
    const last = flattened.at(-1);
    if (layer.kind === 'dynamic') {
      flattened.push(layer);
    } else if (flattened.length === 0 && background.alpha === 255) {
      const canvas = createCanvas(variant.width, variant.height, background);
      drawPicture(canvas, layer.placed.picture, layer.placed);
      flattened.push({ kind: 'static', placed: { picture: canvas, left: 0, top: 0 } });
    } else {
      const placed = trim(layer.placed, variant);
      const merged = placed && last?.kind === 'static' ? merge(last.placed, placed) : undefined;
      if (merged !== undefined) {
        flattened[flattened.length - 1] = { kind: 'static', placed: merged };
      } else if (placed !== undefined) {
        flattened.push({ kind: 'static', placed });
      }
    }
  }
  return flattened;
}

function merge(below: PlacedPicture, above: PlacedPicture): PlacedPicture | undefined {
  const left = Math.min(below.left, above.left);
  const top = Math.min(below.top, above.top);
  const width = Math.max(right(below), right(above)) - left;
  const height = Math.max(bottom(below), bottom(above)) - top;
  if (width * height > worthwhile * (pixels(below.picture) + pixels(above.picture))) {
    return undefined;
  }
  const covers = width === below.picture.width && height === below.picture.height;
  const canvas: Picture =
    covers && below.picture.channels === 3
      ? { ...below.picture, data: below.picture.data.slice() }
      : createCanvas(width, height, transparent);
  for (const { picture, ...at } of [below, above]) {
    drawPicture(canvas, picture, { left: at.left - left, top: at.top - top });
  }
  return { picture: canvas, left, top };
}

/** The part that is inside of the variant and not empty. */
function trim(placed: PlacedPicture, variant: Size): PlacedPicture | undefined {
  const left = Math.max(0, placed.left);
  const top = Math.max(0, placed.top);
  const width = Math.min(variant.width, right(placed)) - left;
  const height = Math.min(variant.height, bottom(placed)) - top;
  if (width <= 0 || height <= 0) {
    return undefined;
  }
  const visible = createCanvas(width, height, transparent);
  drawPicture(visible, placed.picture, { left: placed.left - left, top: placed.top - top });
  const inked = inkedPart(visible, visible.channels);
  if (inked === undefined) {
    return undefined;
  }
  const picture = createCanvas(inked.width, inked.height, transparent);
  drawPicture(picture, visible, { left: -inked.left, top: -inked.top });
  return { picture, left: left + inked.left, top: top + inked.top };
}

const right = ({ left, picture }: PlacedPicture): number => left + picture.width;
const bottom = ({ top, picture }: PlacedPicture): number => top + picture.height;
const pixels = ({ width, height }: Size): number => width * height;
