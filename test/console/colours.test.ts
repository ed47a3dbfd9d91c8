import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

type Tokens = Readonly<Record<string, string>>;

const css = await readFile(new URL('../../console/src/styles/tokens.css', import.meta.url), 'utf8');
const [lightCss = '', darkCss = ''] = css.split('@media (prefers-color-scheme: dark)');
const tokensOf = (text: string): Tokens =>
  Object.fromEntries(
    [...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/gu)].map(([, name = '', value = '']) => [name, value]),
  );
const light = tokensOf(lightCss);
const dark = { ...light, ...tokensOf(darkCss) };

/** WCAG 2.2: relative luminance and contrast ratio. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(tokens: Tokens, ink: string, ground: string): number {
  const [darker = 0, lighter = 0] = [ink, ground]
    .map((name) => luminance(tokens[name] ?? `no colour ${name}`))
    .toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

describe.each([
  ['light', light],
  ['dark', dark],
])('in the %s scheme', (_, tokens) => {
  it.each([
    ['ink', 'page'],
    ['ink', 'surface'],
    ['ink', 'notice-ground'],
    ['ink', 'bad-ground'],
    ['page', 'ink'],
    ['muted', 'page'],
    ['muted', 'surface'],
    ['bad', 'page'],
    ['bad', 'surface'],
    ['surface', 'bad'],
    ['bad', 'bad-ground'],
    ['good', 'page'],
    ['good', 'surface'],
    ['good', 'good-ground'],
    ['surface', 'good'],
    ['muted', 'sunken'],
    ['ink', 'sunken'],
    ['on-brass', 'brass'],
    ['on-brass', 'brass-hover'],
  ])('text in %s can be read on %s (AA: 4.5)', (ink, ground) => {
    expect(contrast(tokens, ink, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ['field-line', 'surface'],
    ['field-line', 'page'],
    ['focus', 'page'],
    ['focus', 'surface'],
    ['bad', 'surface'],
    ['good', 'surface'],
  ])('the edge of what can be used, %s on %s, can be seen (AA: 3)', (line, ground) => {
    expect(contrast(tokens, line, ground)).toBeGreaterThanOrEqual(3);
  });
});
