/** How people write lines of text in an address of a meme, and what each stands for. */
const escapes: Readonly<Record<string, string>> = {
  __: '_',
  '--': '-',
  _: ' ',
  '-': ' ',
  "''": '"',
  '~n': '\n',
  '~q': '?',
  '~a': '&',
  '~p': '%',
  '~h': '#',
  '~s': '/',
  '~b': '\\',
  '~l': '<',
  '~g': '>',
  // Ours, so that every text can be written: a tilde before a letter, two apostrophes, and a line of nothing but a dot, which browsers take out of addresses.
  '~~': '~',
  "~'": "'",
  '~d': '.',
};
const token = /__|--|_|-|''|~[nqaphsblgd~']/gu;
const escaped = new Map(
  Object.entries(escapes)
    .filter(([, character]) => ![' ', "'", '.'].includes(character))
    .map(([escape, character]) => [character, escape]),
);

/** The text of a line of an address, after its percent-encoding is undone. A tilde that begins no escape is a tilde. */
export const unescapeLine = (line: string): string =>
  line.replaceAll(token, (escape) => escapes[escape] ?? escape);

/** A text as a line of an address, before percent-encoding; `unescapeLine` gives the text back. An empty text becomes a space. */
export function escapeLine(text: string): string {
  if (text === '' || text === ' ') {
    return '_';
  }
  if (text === '.' || text === '..') {
    return text.replaceAll('.', '~d');
  }
  const characters = Array.from(text.toWellFormed());
  let line = '';
  // From the end: how a space or an apostrophe is written depends on what follows.
  for (let index = characters.length - 1; index >= 0; index -= 1) {
    line = escapeCharacter(characters[index] ?? '', characters[index - 1], line) + line;
  }
  return line;
}

function escapeCharacter(character: string, before: string | undefined, after: string): string {
  switch (character) {
    case ' ':
      return after.startsWith('_') ? '-' : '_';
    case "'":
      return before === "'" || before === '"' || after.startsWith("'") ? "~'" : "'";
    default:
      return escaped.get(character) ?? character;
  }
}
