import type { Work } from './work.ts';

const longest = 60;

/** What somebody calls a work: what is written in it, or else the name of its file or template. */
export function titleOf({ history, files }: Pick<Work, 'history' | 'files'>): string {
  const { source, captions = [] } = history.present.recipe;
  const words = captions
    .map(({ text }) => text.trim())
    .filter((text) => text !== '')
    .join(' · ')
    .replaceAll(/\s+/gu, ' ');
  const name = words === '' ? nameOf(source, files) : words;
  const characters = [...name];
  return characters.length <= longest
    ? name
    : `${characters
        .slice(0, longest - 1)
        .join('')
        .trim()}…`;
}

function nameOf(source: Work['history']['present']['recipe']['source'], files: Work['files']): string {
  switch (source.kind) {
    case 'upload':
      return files.get(source.upload)?.name ?? 'Without its file';
    case 'slideshow':
      return `Slideshow of ${source.slides.length}`;
    case 'template':
      return source.template.replaceAll('-', ' ').replace(/^./u, (first) => first.toUpperCase());
    case 'colour':
    case 'gradient':
      return 'Only words';
  }
}
