const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Characters as people count them, of the text as it will be drawn: on one line, without white space around it. */
export function countCharacters(text: string): number {
  const drawn = text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
  return [...segmenter.segment(drawn)].length;
}
