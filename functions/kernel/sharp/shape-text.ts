import type { Position } from '../drawing/canvas.ts';
import { fitText, type FittedText } from '../drawing/fit-text.ts';
import { type DrawnText, type LinePlacement, placeLines } from '../drawing/place-lines.ts';
import { roomFor, type TextDesign } from '../drawing/text-design.ts';
import type { TextStyle } from '../drawing/text-markup.ts';
import { drawLines } from './draw-lines.ts';
import type { LoadedTypeface } from './load-typeface.ts';

/** Typefaces known to the text engine: the first gives the face, the others cover characters that it lacks. */
export interface FontStack {
  readonly weight: number;
  readonly faces: readonly LoadedTypeface[];
}

/** A text as large as fits, and where its ink belongs. */
export interface ShapedText extends Position, FittedText {
  /** Coverage, or coloured pixels when there are emoji. */
  readonly shape: DrawnText['shape'];
  /** From one baseline to the next, in pixels. */
  readonly pitch: number;
  /** How far each line advances, in pixels. */
  readonly advances: readonly number[];
}

/** Lines measured in one drawing: the engine's pictures have a greatest height. */
const linesAtOnce = 120;

/** Fits `text` into the design's box and draws its shape; undefined when nothing is inked. Throws PermanentError('text-does-not-fit'). */
export async function shapeText(
  design: TextDesign,
  text: string,
  font: FontStack,
): Promise<ShapedText | undefined> {
  if (text.trim() === '') {
    return undefined;
  }
  const box = roomFor(design);
  const styleAt = (size: number): TextStyle => ({
    families: font.faces.map(({ family }) => family),
    emojiFamily: font.faces.find(({ coloured }) => coloured)?.family,
    weight: font.weight,
    size,
    letterSpacing: design.letterSpacing * size,
  });
  const opaque = design.colour.slice(0, '#rrggbb'.length);
  let drawn: DrawnText | undefined;
  const fitted = await fitText(text, { ...design, ...box }, async (lines, size) => {
    const advances: number[] = [];
    for (let first = 0; first < lines.length; first += linesAtOnce) {
      drawn = await drawLines(lines.slice(first, first + linesAtOnce), styleAt(size), opaque);
      advances.push(...drawn.lines.map(({ advance }) => advance));
    }
    return advances;
  });
  const pitch = fitted.size * design.lineHeight;
  const placement: LinePlacement = {
    box,
    align: design.align,
    verticalAlign: design.verticalAlign,
    pitch,
    capHeight: fitted.size * (font.faces[0]?.capHeight ?? 0),
  };
  // Fitting measures last what it answers, so that is what was drawn last.
  const placed = drawn && placeLines(drawn, placement);
  return (
    placed && { ...placed, ...fitted, pitch, advances: drawn?.lines.map(({ advance }) => advance) ?? [] }
  );
}
