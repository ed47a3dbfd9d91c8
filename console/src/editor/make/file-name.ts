import type { StudioFormat } from '../../../../functions/contracts/recipe.ts';

const longest = 40;

/** What a download is called: words of its title that every file system takes. */
export function fileName(title: string, format: StudioFormat): string {
  const words = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '');
  const short = [...words].slice(0, longest).join('').replace(/-+$/u, '');
  return `${short === '' ? 'fanfare' : short}.${format === 'jpeg' ? 'jpg' : format}`;
}
