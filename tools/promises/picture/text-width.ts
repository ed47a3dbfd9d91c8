/** Widths of letters in em, each rounded up, as wide as in DejaVu Sans: of the fonts that a picture may be shown in, the widest. */
const widths = new Map(
  Object.entries({
    0.3: "'IJijl",
    0.35: ' ,./:;\\|·’',
    0.4: '()-[]ft',
    0.45: '!r',
    0.5: '"*_`–',
    0.55: '?csz',
    0.6: 'FLkvxy',
    0.65: '$0123456789EPSTYabdeghnopqu{}',
    0.7: 'ABCKRVXZ',
    0.75: 'NU',
    0.8: '&DGHOQ',
    0.85: '#+<=>^w~≥≤',
    0.9: 'M',
  }).flatMap(([width, letters]) => [...letters].map((letter) => [letter, Number(width)] as const)),
);
/** Of letters that are not in the table: as wide as they are high. */
const widest = 1;
/** How much wider bold letters are than others, in the same font. */
const boldness = 1.18;

/** At least as many pixels as a line of text takes at a font size in pixels. */
export function textWidth(text: string, size: number, weight: 'normal' | 'bold' = 'normal'): number {
  const ems = [...text].reduce((sum, letter) => sum + (widths.get(letter) ?? widest), 0);
  return Math.ceil(ems * size * (weight === 'bold' ? boldness : 1));
}
