import type { StudioFormat } from '../../../../functions/contracts/recipe.ts';

/** Formats as people write them. */
export const formatNames: Readonly<Record<StudioFormat, string>> = {
  png: 'PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  avif: 'AVIF',
  gif: 'GIF',
  mp4: 'MP4',
  webm: 'WebM',
};

const isFormat = (word: string): word is StudioFormat => Object.hasOwn(formatNames, word);

/** What the plan or the service does otherwise than asked for, in the words of who sees controls and no recipe. */
export const noteInWords = (note: string): string =>
  note
    .replace(
      /: \w+ is made no larger unless output\.width asks for it\.$/u,
      ', the usual size. Choose a width for another.',
    )
    .replace(/ output\.background sets another colour\.$/u, ' Choose a background for another colour.')
    .replaceAll(/\b[a-z]+\d?\b/gu, (word) => (isFormat(word) ? formatNames[word] : word));
