const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Letters that nothing joins: looking for what belongs together takes a hundred times as long as taking them one by one. */
const plain = /^[\u0020-\u007E\u00A0-\u00AC\u00AE-\u02FF]*$/u;

/** The characters of `text` as people count them: an accented letter, a flag or a family is one. */
export function graphemes(text: string): string[] {
  return plain.test(text) ? [...text] : Array.from(segmenter.segment(text), ({ segment }) => segment);
}
