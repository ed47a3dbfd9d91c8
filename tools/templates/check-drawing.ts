import type { Size } from '../../functions/kernel/drawing/crop.ts';

/** What may not be in a drawing, and why. */
const refused: readonly (readonly [RegExp, string])[] = [
  [/<!(?:DOCTYPE|ENTITY)/iu, 'declares a document type: leave it out'],
  [/<(?:\w+:)?script[\s/>]/iu, 'contains a script: leave it out'],
  [/\son[a-z]+\s*=/iu, 'contains an event handler: leave it out'],
  [/<(?:\w+:)?(?:image|feImage)[\s/>]/iu, 'contains a picture made of pixels: draw it'],
  [
    /<(?:\w+:)?(?:text|foreignObject)[\s/>]/iu,
    'contains text, which would be drawn with whatever fonts the machine has: turn it into paths, or make it a caption',
  ],
  [
    /<(?:\w+:)?(?:animate|animateTransform|animateMotion|set)[\s/>]/iu,
    'animates itself: use {{names}} and tracks',
  ],
  [/@import|@font-face/iu, 'refers to a style sheet or a font: embed what it needs'],
];
const reference = /(?:\bhref\s*=\s*["']|url\(\s*["']?)(?!#)([^"')]*)/giu;

/** What keeps an SVG from being drawn the same everywhere, as sentences without the file's name at their head. */
export function checkDrawing(svg: string, size?: Size): string[] {
  const drawn = svg.replaceAll(/<!--.*?-->/gsu, '');
  const problems = refused.filter(([pattern]) => pattern.test(drawn)).map(([, why]) => `It ${why}.`);
  for (const [, target] of drawn.matchAll(reference)) {
    problems.push(`It refers to “${target}” outside of itself, which is not read: embed it.`);
  }
  const box = /<svg\b[^>]*\bviewBox="([^"]*)"/u.exec(drawn)?.[1];
  const [, , width, height] = (box ?? '')
    .trim()
    .split(/[\s,]+/u)
    .map(Number);
  if (box === undefined || width === undefined || height === undefined || !(width > 0 && height > 0)) {
    problems.push('It has no viewBox.');
  } else if (size !== undefined && Math.abs(width / height - size.width / size.height) > 0.002) {
    problems.push(
      `Its viewBox is ${width} × ${height}, but the template is ${size.width} × ${size.height}: it would be stretched.`,
    );
  }
  return problems;
}
