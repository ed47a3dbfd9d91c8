const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The characters of `text` as people count them: an accented letter, a flag or a family is one. */
export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
