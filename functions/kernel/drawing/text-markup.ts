import { graphemes } from './graphemes.ts';

/** How a run of text is set. Lengths in pixels. */
export interface TextStyle {
  /** The faces of the stack, by the names under which the engine knows them. */
  readonly families: readonly string[];
  /** Of those, the one whose glyphs are coloured pictures, if there is one. */
  readonly emojiFamily: string | undefined;
  readonly weight: number;
  readonly size: number;
  readonly letterSpacing: number;
}

/** Characters that are pictures by default, or asked to be (variation selector 16), flags and keycaps. */
const emoji = /\p{Emoji_Presentation}|\p{Emoji}\u{FE0F}|\u{20E3}/u;
const asText = /\u{FE0E}/u;
/** Letters that join or stack: space between them would tear the word apart. */
const joined =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}]/u;
/** The engine counts in 1024ths of a point, which are 1024ths of a pixel at the resolution that is used. */
const unit = 1024;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** `text` as the engine's markup: whatever a person wrote stays text. */
export function escapeMarkup(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => entities[character] ?? character);
}

/** Whether any character of `text` is drawn as a coloured picture. */
export function hasEmoji(text: string): boolean {
  return graphemes(text).some(isEmoji);
}

/** One line of text as markup. Emoji are set in the emoji face even where the text face has a plain glyph for them. */
export function lineMarkup(line: string, style: TextStyle): string {
  const spacing = joined.test(line) ? 0 : Math.round(style.letterSpacing * unit);
  return runsOf(line)
    .map(({ text, pictures }) => {
      const families =
        pictures && style.emojiFamily !== undefined
          ? [style.emojiFamily, ...style.families.filter((family) => family !== style.emojiFamily)]
          : style.families;
      return `<span font_family="${families.join(',')}" weight="${style.weight}" size="${Math.round(style.size * unit)}" letter_spacing="${spacing}">${escapeMarkup(text)}</span>`;
    })
    .join('');
}

function runsOf(line: string): { text: string; pictures: boolean }[] {
  const runs: { text: string; pictures: boolean }[] = [];
  for (const character of graphemes(line)) {
    const pictures = isEmoji(character);
    const last = runs.at(-1);
    if (last?.pictures === pictures) {
      last.text += character;
    } else {
      runs.push({ text: character, pictures });
    }
  }
  return runs;
}

function isEmoji(character: string): boolean {
  return emoji.test(character) && !asText.test(character);
}
