import { graphemes } from './graphemes.ts';

/** Zero-width space, word joiner, byte order mark, soft hyphen: pasted unseen, worth nothing in a picture. */
const unseen = /[\u200B\u2060\uFEFF\u00AD]/gu;
/** Embeddings, overrides and isolates would let a text look other than it reads; scripts bring their direction themselves. */
const directionChange = /[\u202A-\u202E\u2066-\u2069]/u;
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const control = /[\u0000-\u001F\u007F-\u009F\uFFF9-\uFFFB]/u;
/** Tags spell the flags of regions after a black flag; anywhere else they hide text. */
const hiddenTag = /[\u{E0000}-\u{E007F}]/u;
const regionFlag = /\u{1F3F4}[\u{E0020}-\u{E007E}]+\u{E007F}/gu;
/** Characters that no font needs to draw: they only choose how their neighbours look. Those of a region's flag are drawn by the flag. */
const shaping = /[\p{Variation_Selector}\u200C-\u200F\u061C\u180E\u{E0020}-\u{E007F}]|\u034F/gu;
/** The longest emoji people send has eleven; the flags of regions have seven. */
const maxCodePointsPerCharacter = 16;
/** No language stacks more on one letter; people do who want to draw outside of the lines. */
const maxAccentsPerCharacter = 4;
const maxNamed = 10;

/** What a text may hide. `character` is the first such one. */
export interface TextFault {
  readonly kind: 'malformed' | 'control' | 'direction' | 'hidden-tag';
  readonly character: string;
}

/** What a person wrote, composed (NFC) and without the characters that nobody sees. */
export const withoutUnseen = (text: string): string => text.replaceAll(unseen, '').normalize('NFC');

/** What is left of a text without what only chooses how its neighbours look. */
export const withoutShaping = (text: string): string => text.replaceAll(shaping, '');

/** Why a line of text is not drawn, whatever the font; undefined when it may be. */
export function faultOf(line: string): TextFault | undefined {
  if (!line.isWellFormed()) {
    const character = Array.from(line).find((each) => !each.isWellFormed()) ?? '';
    return { kind: 'malformed', character };
  }
  for (const [kind, pattern, text] of [
    ['control', control, line],
    ['direction', directionChange, line],
    ['hidden-tag', hiddenTag, line.replaceAll(regionFlag, '')],
  ] as const) {
    const [character] = pattern.exec(text) ?? [];
    if (character !== undefined) {
      return { kind, character };
    }
  }
  return undefined;
}

/** Whether a character, as people count them, is a tower of accents. */
export function isTower(character: string): boolean {
  const accents = withoutShaping(character).match(/\p{Mn}/gu) ?? [];
  return accents.length > maxAccentsPerCharacter || Array.from(character).length > maxCodePointsPerCharacter;
}

/** The characters of a text, as people count them and once each, of which something would be drawn as an empty box. */
export function undrawableIn(text: string, canDraw: (character: string) => boolean): string[] {
  const isDrawable = (character: string): boolean =>
    Array.from(withoutShaping(character)).every((each) => /^\s$/u.test(each) || canDraw(each));
  return [...new Set(graphemes(text).filter((character) => !isDrawable(character)))];
}

/** `“a”, “b” and 3 more`. */
export function namedCharacters(characters: readonly string[]): string {
  const named = characters.slice(0, maxNamed).map((character) => `“${character}”`);
  const more = characters.length - named.length;
  return named.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
