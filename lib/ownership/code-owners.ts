/** One line of CODEOWNERS. */
export interface OwnersRule {
  readonly line: number;
  readonly owners: readonly string[];
  readonly matches: (file: string) => boolean;
}

/** The rules of a CODEOWNERS file, in their order. */
export const parseCodeOwners = (text: string): OwnersRule[] =>
  text.split('\n').flatMap((raw, index): OwnersRule[] => {
    const [pattern, ...owners] = raw.replace(/#.*$/u, '').trim().split(/\s+/u);
    if (pattern === undefined || pattern === '') {
      return [];
    }
    const expression = expressionOf(pattern);
    return [{ line: index + 1, owners, matches: (file) => expression.test(file) }];
  });

/** Who reviews `file`: the last rule that matches decides. */
export const ownersOf = (file: string, rules: readonly OwnersRule[]): readonly string[] =>
  rules.findLast(({ matches }) => matches(file))?.owners ?? [];

/**
 * A pattern with a slash before its end begins at the root; a folder means all that is in it; `*` stops at slashes, `**` does not.
 * Source: GitHub docs, "About code owners".
 */
function expressionOf(pattern: string): RegExp {
  const rooted = pattern.slice(0, -1).includes('/');
  const body = pattern
    .replace(/^\//u, '')
    .replace(/\/$/u, '')
    .split(/(\*\*\/|\*\*|\*|\?)/u)
    .map((piece) => wildcards[piece] ?? piece.replaceAll(/[.+^${}()|[\]\\]/gu, String.raw`\$&`))
    .join('');
  // Unlike in .gitignore, `docs/*` is the files in docs, not what is in its folders.
  const below = pattern.endsWith('/*') ? '$' : pattern.endsWith('/') ? '/' : '(/|$)';
  return new RegExp(`^${rooted ? '' : '(.*/)?'}${body}${below}`, 'u');
}

const wildcards: Readonly<Record<string, string>> = {
  '**/': '(.*/)?',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
};
