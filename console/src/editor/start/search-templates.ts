import type { TemplateView } from '../../../../functions/contracts/studio-library.ts';

export type TemplateKind = 'all' | 'still' | 'animated';

/** Templates that have every word, as the beginning of one of theirs, in their order. */
export function searchTemplates(
  templates: readonly TemplateView[],
  query: string,
  kind: TemplateKind,
): TemplateView[] {
  const wanted = wordsOf(query);
  return templates.filter(({ name, keywords, captions, isAnimated }) => {
    // What is written in its example is what people remember of it.
    const words = wordsOf([name, ...keywords, ...captions.map(({ example }) => example)].join(' '));
    return (
      (kind === 'all' || isAnimated === (kind === 'animated')) &&
      wanted.every((each) => words.some((word) => word.startsWith(each)))
    );
  });
}

/** Without accents and case: people type neither when they search. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
