import { type Cut, isShaped } from './cut-line.ts';
import type { Face } from './face.ts';
import type { TextRuler } from './text-ruler.ts';
import { inVisualOrder, type Direction } from './visual-order.ts';

/** A part of a line, where it is drawn. In pixels. */
export interface PlacedCut {
  readonly text: string;
  readonly face: Face;
  readonly direction: Direction;
  /** From the beginning of the line, to the right. */
  readonly x: number;
  /** How much wider it is drawn than it would be by itself. */
  readonly stretch: number;
}

/** A line of text at a size. In pixels. */
export interface SetLine {
  readonly cuts: readonly PlacedCut[];
  readonly advance: number;
  /** Columns that are inked, roughly, from the beginning. */
  readonly left: number;
  readonly right: number;
}

const zeroWidthJoiner = '\u{200D}';
const joining = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Mongolian}]/u;
/** In ems, in Noto Sans KR, which has a wider space between Hangul. Browsers shape word by word and do not see it. */
const spaceOfHangul = 0.28;

/**
 * A line as Pango sets it: every glyph advances by whole pixels, after kerning. Where glyphs depend on each other they are drawn together, as wide as they are with
 * that rounding.
 */
export function setLine(cuts: readonly Cut[], size: number, ruler: TextRuler): SetLine {
  const placed: PlacedCut[] = [];
  const ink = { left: Infinity, right: -Infinity };
  let x = 0;
  for (const { cut, before, next, direction } of inVisualOrder(cuts)) {
    const extent = ruler.extent(cut.face, cut.text, direction);
    const { advance, kerning } = advanceOf(cut, before, next, direction, size, ruler);
    if (extent.right > extent.left) {
      const stretch =
        cut.characters === undefined || extent.advance === 0 ? 1 : advance / (extent.advance * size);
      // What follows from right to left is on the left, and so is the kerning before it.
      const own = direction === 'rtl' ? inWholePixels(kerning * size) : 0;
      placed.push({ text: cut.text, face: cut.face, direction, x: x + own, stretch });
      ink.left = Math.min(ink.left, x + extent.left * size * stretch);
      ink.right = Math.max(ink.right, x + extent.right * size * stretch);
    }
    x += advance;
  }
  return { cuts: placed, advance: x, ...ink };
}

/** The advance in whole pixels, and the kerning at its end, which is in it, in ems. */
function advanceOf(
  { text, face, characters = [text] }: Cut,
  before: Cut | undefined,
  next: Cut | undefined,
  direction: Direction,
  size: number,
  ruler: TextRuler,
): { readonly advance: number; readonly kerning: number } {
  if (text === ' ' && isHangul(before) && isHangul(next) && face.hasContext) {
    return { advance: inWholePixels(spaceOfHangul * size), kerning: 0 };
  }
  const wide = (what: string): number => ruler.extent(face, what, direction).advance;
  const joins = isShaped(text);
  let prefix = '';
  let upTo = 0;
  let advance = 0;
  let kerning = 0;
  for (const [index, character] of characters.entries()) {
    prefix += character;
    const following = characters[index + 1];
    const reached = joins
      ? wide(following === undefined || !joining.test(text) ? prefix : prefix + zeroWidthJoiner)
      : upTo + wide(character);
    if (following === undefined) {
      kerning = kerningBetween(character, next, face, wide);
    } else if (!joins) {
      kerning = wide(character + following) - wide(character) - wide(following);
    }
    advance += inWholePixels((reached - upTo + kerning) * size);
    upTo = reached;
  }
  return { advance, kerning };
}

/** As Pango rounds, which counts in 1024ths of a pixel. */
const inWholePixels = (length: number): number => Math.floor((Math.round(length * 1024) + 512) / 1024);

/** In ems. */
function kerningBetween(
  last: string,
  next: Cut | undefined,
  face: Face,
  wide: (text: string) => number,
): number {
  const first = next?.characters?.[0] ?? next?.text;
  return first === undefined || next?.face !== face || face.coloured || isShaped(last)
    ? 0
    : wide(last + first) - wide(last) - wide(first);
}

const isHangul = (cut: Cut | undefined): boolean => cut !== undefined && /\p{Script=Hangul}/u.test(cut.text);
