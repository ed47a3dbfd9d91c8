import { graphemes } from './graphemes.ts';

/** The smallest part of a text that a line break leaves whole. */
export interface Piece {
  readonly text: string;
  /** Whether a space parts it from the piece before, where both are on one line. */
  readonly spaced: boolean;
}

const wordless = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** With their punctuation, which is as wide. */
const ideographic = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3001-\u303F\uFF01-\uFF60]/u;
const pictograph = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
/** These stay with what is before them … */
const closing =
  /^[\p{Pe}\p{Pf}\p{Po}\u3005\u303B\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308E\u30A1\u30A3\u30A5\u30A7\u30A9\u30C3\u30E3\u30E5\u30E7\u30EE\u30F5\u30F6\u30FC]/u;
/** … and these with what follows. */
const opening = /[\p{Ps}\p{Pi}]$/u;

const words = new Intl.Segmenter('und', { granularity: 'word' });

/** Cuts one line of text where lines may break: at spaces, after hyphens, between ideographs and pictographs, between the words of Thai and its kin. */
export function breakText(text: string): Piece[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .flatMap((word, index) =>
      partsOf(word).map((part, partIndex) => ({ text: part, spaced: index > 0 && partIndex === 0 })),
    );
}

/** Cuts anywhere between characters: the last resort for a word that no line can hold. */
export function breakAnywhere(text: string): Piece[] {
  let spaced = false;
  const pieces: Piece[] = [];
  for (const character of graphemes(text)) {
    if (character === ' ') {
      spaced = true;
    } else {
      pieces.push({ text: character, spaced: spaced && pieces.length > 0 });
      spaced = false;
    }
  }
  return pieces;
}

/** The pieces on one line again. */
export function joinPieces(pieces: readonly Piece[]): string {
  return pieces.map(({ text, spaced }, index) => (spaced && index > 0 ? ` ${text}` : text)).join('');
}

function partsOf(word: string): string[] {
  const units = wordless.test(word)
    ? Array.from(words.segment(word), ({ segment }) => segment)
    : graphemes(word);
  const parts: string[] = [];
  for (const unit of units) {
    const before = parts.at(-1);
    if (before === undefined || mayBreak(before, unit)) {
      parts.push(unit);
    } else {
      parts[parts.length - 1] = before + unit;
    }
  }
  return parts;
}

function mayBreak(before: string, after: string): boolean {
  if (closing.test(after) || opening.test(before)) {
    return false;
  }
  const last = before.at(-1) ?? '';
  if (/[-\u2010\u2013]/u.test(last)) {
    return before.length > 1;
  }
  if (wordless.test(after) && wordless.test(before)) {
    return true;
  }
  return [ideographic, pictograph].some((kind) => kind.test(after) || kind.test(lastCharacter(before)));
}

function lastCharacter(text: string): string {
  return graphemes(text).at(-1) ?? '';
}
