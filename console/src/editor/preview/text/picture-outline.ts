import { parseColour } from '../../../../../functions/kernel/drawing/colour.ts';
import { outlineOf } from '../../../../../functions/kernel/drawing/outline.ts';
import type { CaptionOutline } from '../../../../../functions/studio/domain/painting/set-caption.ts';
import { createSurface, type PlacedSurface } from '../surface.ts';
import { type Face, prepareFor } from './face.ts';

/** Pictures reach so far around where they begin, in ems. */
const reach = { left: 0.2, right: 1.6, above: 1.3, below: 0.5 } as const;
/** Emoji of a few captions, while they are being made larger and smaller. */
const mostKept = 60;
const kept = new Map<string, PlacedSurface>();

/**
 * What is around a picture of a face (emoji), which has no outline that could be stroked: it is found from its pixels. Placed from where the picture begins on its
 * baseline.
 *
 * @param outline of an opaque colour
 */
export function pictureOutline(
  face: Face,
  text: string,
  size: number,
  outline: CaptionOutline,
): PlacedSurface {
  const key = [face.family, text, size, outline.width, outline.colour].join('\n');
  const known = kept.get(key);
  if (known !== undefined) {
    return known;
  }
  if (kept.size > mostKept) {
    kept.clear();
  }
  const made = draw(face, text, size, outline);
  kept.set(key, made);
  return made;
}

function draw(
  face: Face,
  text: string,
  size: number,
  { width: radius, colour }: CaptionOutline,
): PlacedSurface {
  const margin = Math.ceil(radius) + 2;
  const left = Math.ceil(reach.left * size) + margin;
  const above = Math.ceil(reach.above * size) + margin;
  const width = left + Math.ceil(reach.right * size) + margin;
  const height = above + Math.ceil(reach.below * size) + margin;
  const { surface, context } = createSurface(width, height, true);
  context.font = `${size}px ${face.family}`;
  prepareFor(context, face);
  context.fillText(text, left, above);
  const image = context.getImageData(0, 0, width, height);
  const covered = new Uint8Array(width * height);
  for (let pixel = 0; pixel < covered.length; pixel += 1) {
    covered[pixel] = image.data[pixel * 4 + 3] ?? 0;
  }
  const outlined = outlineOf({ data: covered, width, height }, radius);
  const { red, green, blue } = parseColour(colour);
  for (let pixel = 0; pixel < covered.length; pixel += 1) {
    const ring = Math.max(covered[pixel] ?? 0, outlined.data[pixel] ?? 0);
    image.data.set([red, green, blue, ring], pixel * 4);
  }
  context.putImageData(image, 0, 0);
  return { surface, left: -left, top: -above };
}
