import type { CampaignFont, TextLayer } from '../../contracts/campaign.ts';
import { parseColour } from '../domain/drawing/colour.ts';
import { fitText } from '../domain/drawing/fit-text.ts';
import { type PlacedPicture, paintText } from '../domain/drawing/paint-text.ts';
import { type DrawnText, placeLines } from '../domain/drawing/place-lines.ts';
import type { TextStyle } from '../domain/drawing/text-markup.ts';
import type { LoadedTypeface } from './sharp-fonts.ts';
import { drawLines } from './sharp-text.ts';

/** A campaign's font with its files known to the text engine. */
export interface FontStack {
  readonly weight: CampaignFont['weight'];
  readonly faces: readonly LoadedTypeface[];
}

/** Lines measured in one drawing: the engine's pictures have a greatest height. */
const linesAtOnce = 120;

/** Draws `text` as the layer says, as large as fits; undefined when there is nothing to draw. Throws PermanentError('text-does-not-fit'). */
export async function drawTextLayer(
  layer: TextLayer,
  text: string,
  font: FontStack,
): Promise<PlacedPicture | undefined> {
  if (text === '') {
    return undefined;
  }
  const margin = layer.outline?.width ?? 0;
  const box = {
    left: layer.box.left + margin,
    top: layer.box.top + margin,
    width: layer.box.width - 2 * margin,
    height: layer.box.height - 2 * margin,
  };
  const styleAt = (size: number): TextStyle => ({
    families: font.faces.map(({ family }) => family),
    emojiFamily: font.faces.find(({ coloured }) => coloured)?.family,
    weight: font.weight,
    size,
    letterSpacing: layer.letterSpacing * size,
  });
  const opaque = layer.colour.slice(0, '#rrggbb'.length);
  let drawn: DrawnText | undefined;
  const fitted = await fitText(text, { ...layer, ...box }, async (lines, size) => {
    const advances: number[] = [];
    for (let first = 0; first < lines.length; first += linesAtOnce) {
      drawn = await drawLines(lines.slice(first, first + linesAtOnce), styleAt(size), opaque);
      advances.push(...drawn.lines.map(({ advance }) => advance));
    }
    return advances;
  });
  // Fitting measures last what it answers, so that is what was drawn last.
  const placed =
    drawn &&
    placeLines(drawn, {
      box,
      align: layer.align,
      verticalAlign: layer.verticalAlign,
      pitch: fitted.size * layer.lineHeight,
      capHeight: fitted.size * (font.faces[0]?.capHeight ?? 0),
    });
  return (
    placed &&
    paintText(placed.shape, placed, {
      colour: parseColour(layer.colour),
      outline: layer.outline && { width: layer.outline.width, colour: parseColour(layer.outline.colour) },
    })
  );
}
