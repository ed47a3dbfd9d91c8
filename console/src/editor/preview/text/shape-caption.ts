import { fitText } from '../../../../../functions/kernel/drawing/fit-text.ts';
import { strutOrigin } from '../../../../../functions/kernel/drawing/strut.ts';
import { roomFor, type TextDesign } from '../../../../../functions/kernel/drawing/text-design.ts';
import type { InkedText } from '../../../../../functions/studio/domain/painting/set-caption.ts';
import { type Cut, cutLine, type FaceOf } from './cut-line.ts';
import type { Face } from './face.ts';
import { type SetLine, setLine } from './set-line.ts';
import type { TextRuler } from './text-ruler.ts';

/** The faces of a text: the first gives the face, the others lend what it lacks. */
export interface FaceStack {
  readonly faces: readonly Face[];
  readonly faceOf: FaceOf;
}

/** A line of a caption on the canvas. */
export interface PlacedLine {
  readonly line: SetLine;
  readonly x: number;
  readonly baseline: number;
}

export interface ShapedCaption extends InkedText {
  readonly placed: readonly PlacedLine[];
  /** Columns that are inked. */
  readonly left: number;
  readonly right: number;
}

/** Fits `text` into the design's box; undefined when nothing is inked. Throws PermanentError('text-does-not-fit'). */
export async function shapeCaption(
  design: TextDesign,
  text: string,
  { faces, faceOf }: FaceStack,
  ruler: TextRuler,
): Promise<ShapedCaption | undefined> {
  if (text.trim() === '') {
    return undefined;
  }
  const box = roomFor(design);
  const cuts = new Map<string, Cut[]>();
  const cutsOf = (line: string): Cut[] => {
    const known = cuts.get(line) ?? cutLine(line, faceOf);
    cuts.set(line, known);
    return known;
  };
  let lines: SetLine[] = [];
  const fitted = await fitText(text, { ...design, ...box }, async (wanted, size) => {
    lines = wanted.map((line) => setLine(cutsOf(line), size, ruler));
    return lines.map(({ advance }) => advance);
  });
  const pitch = fitted.size * design.lineHeight;
  const capHeight = fitted.size * (faces[0]?.capHeight ?? 0);
  const free = box.height - lines.length * pitch;
  const blockTop = box.top + { top: 0, middle: free / 2, bottom: free }[design.verticalAlign];
  const origin = strutOrigin(fitted.size);
  // Fitting measures last what it answers.
  const placed = lines.map((line, index): PlacedLine => {
    const lineLeft = box.left + { left: 0, centre: 0.5, right: 1 }[design.align] * (box.width - line.advance);
    return {
      line,
      x: Math.round(lineLeft - origin.read) + origin.drawn,
      baseline: Math.round(blockTop + (index + 0.5) * pitch + capHeight / 2),
    };
  });
  const inked = placed.filter(({ line }) => line.cuts.length > 0);
  if (inked.length === 0) {
    return undefined;
  }
  const rows = inked.flatMap(({ line, baseline }) =>
    textByFace(line.cuts).map(([face, letters]) => {
      const { ascent, descent } = ruler.rows(face, letters, fitted.size);
      return { top: baseline - ascent, bottom: baseline + descent };
    }),
  );
  const top = Math.min(...rows.map((row) => row.top));
  const bottom = Math.max(...rows.map((row) => row.bottom));
  return {
    ...fitted,
    placed,
    pitch,
    advances: lines.map(({ advance }) => advance),
    top,
    inkHeight: bottom - top,
    left: Math.min(...inked.map(({ x, line }) => Math.floor(x + line.left))),
    right: Math.max(...inked.map(({ x, line }) => Math.ceil(x + line.right))),
  };
}

/** Parts with spaces between them, so that they do not join. */
function textByFace(cuts: SetLine['cuts']): [Face, string][] {
  const texts = new Map<Face, string>();
  for (const { face, text } of cuts) {
    texts.set(face, `${texts.get(face) ?? ''} ${text}`);
  }
  return [...texts];
}
