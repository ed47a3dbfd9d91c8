import { describeTypeface } from '../../../../../functions/kernel/drawing/typeface.ts';
import { readTable } from '../../../../../functions/kernel/drawing/sfnt.ts';

/** A font file that canvases know. */
export interface Face {
  /** The name under which canvases know it. */
  readonly family: string;
  /** Height of the capitals, in ems. */
  readonly capHeight: number;
  /** Whether its glyphs are pictures (emoji). */
  readonly coloured: boolean;
  /** Whether letters look different beside others, as in handwriting that never repeats itself. */
  readonly hasContext: boolean;
}

/** Canvases leave ligatures out, as captions do, where letters are spaced; so much cannot be seen. It would take the forms away that depend on context, too. */
const withoutLigatures = '0.001px';

/** What a context needs so that text in the face is drawn like that of a caption; its font is the caller's. */
export function prepareFor(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  { hasContext }: Face,
): void {
  context.textRendering = 'geometricPrecision';
  context.fontKerning = 'normal';
  context.letterSpacing = hasContext ? '0px' : withoutLigatures;
}

let faces = 0;

/** Makes a font file known to the canvases of the page. */
export async function loadFace(file: ArrayBuffer): Promise<Face> {
  const bytes = new Uint8Array(file);
  const features = featuresOf(readTable(bytes, 'GSUB'));
  faces += 1;
  const family = `fanfare-face-${faces}`;
  document.fonts.add(await new FontFace(family, file).load());
  return { ...describeTypeface(bytes), family, hasContext: features.has('calt') };
}

/** The features that a GSUB table lists (OpenType, “Feature list table”). */
function featuresOf(table: Uint8Array | undefined): ReadonlySet<string> {
  if (table === undefined) {
    return new Set();
  }
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  const list = view.getUint16(6);
  return new Set(
    Array.from({ length: view.getUint16(list) }, (_, index) => {
      const at = list + 2 + index * 6;
      return String.fromCodePoint(...table.subarray(at, at + 4));
    }),
  );
}
