import { parseColour } from '../drawing/colour.ts';
import { type PlacedPicture, paintText } from '../drawing/paint-text.ts';
import type { TextDesign } from '../drawing/text-design.ts';
import { letGo } from '../let-go.ts';
import { type FontStack, shapeText } from './shape-text.ts';

/** Draws `text` as designed, as large as fits; undefined when there is nothing to draw. Throws PermanentError('text-does-not-fit'). */
export async function drawText(
  design: TextDesign,
  text: string,
  font: FontStack,
): Promise<PlacedPicture | undefined> {
  const shaped = await shapeText(design, text, font);
  if (shaped === undefined) {
    return undefined;
  }
  const painted = paintText(shaped.shape, shaped, {
    colour: parseColour(design.colour),
    outline: design.outline && {
      width: design.outline.width,
      colour: parseColour(design.outline.colour),
    },
  });
  letGo(shaped.shape.data);
  return painted;
}
