/** `12.4 s`, at most one decimal. */
export const seconds = (ms: number): string => `${Number((ms / 1000).toFixed(ms < 1000 ? 2 : 1))} s`;

/** `640 × 480 pixels`. */
export const pixels = (size: { readonly width: number; readonly height: number }): string =>
  `${size.width} × ${size.height} pixels`;

/** `a, b or c`. */
export const oneOf = (words: Iterable<string>): string =>
  new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(words);
