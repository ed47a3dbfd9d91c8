import sharp from 'sharp';
import { PermanentError } from '../errors.ts';
import type { DrawnLine, DrawnText } from '../drawing/place-lines.ts';
import { faintTick, strut } from '../drawing/strut.ts';
import { hasEmoji, lineMarkup, type TextStyle } from '../drawing/text-markup.ts';

/**
 * Draws lines of text on nothing. Every line is non-empty. Coloured pixels only where emoji need them: there the letters between the emoji are
 * in `colour` (`#rrggbb`) already.
 */
export async function drawLines(
  lines: readonly string[],
  style: TextStyle,
  colour: string,
): Promise<DrawnText> {
  const coloured = style.emojiFamily !== undefined && lines.some(hasEmoji);
  const end = `<span font_family="${strut.family}" size="${Math.round(style.size * 1024)}">${strut.character}</span>`;
  const text = lines.map((line) => `${end}${lineMarkup(line, style)}${end}`).join('\n');
  const drawing = sharp({
    text: {
      text: coloured ? `<span foreground="${colour}">${text}</span>` : text,
      font: `${strut.family} 12`,
      dpi: 72,
      rgba: coloured,
    },
  });
  const { data, info } = await (coloured ? drawing : drawing.toColourspace('b-w'))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const channels = coloured ? 4 : 1;
  if (info.channels !== channels) {
    throw new Error(`The text engine answered ${info.channels} channels instead of ${channels}`);
  }
  const { width, height } = info;
  const shape = coloured ? { data, width, height, channels: 4 as const } : { data, width, height };
  return { shape, lines: readLines(data, { width, height, channels }, lines.length, style.size) };
}

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

function readLines(data: Uint8Array, layout: Layout, count: number, size: number): DrawnLine[] {
  // Both ends of a strut are kept to whole pixels, and so are the lines' distances.
  const span = Math.ceil(strut.top * size) + Math.ceil(-strut.bottom * size);
  const pitch = count === 1 ? 0 : (layout.height - span) / (count - 1);
  if (count === 1 && layout.height > span + 2) {
    throw new PermanentError(
      'text-does-not-fit',
      'A letter with many accents is higher than two lines. Send plainer letters.',
    );
  }
  const tick = (strut.top - strut.topTick) * size;
  return Array.from({ length: count }, (_, index) => {
    const from = Math.max(0, Math.floor(index * pitch) - 1);
    const to = Math.ceil(index * pitch + tick) + 1;
    const ticks = readTicks(data, layout, from, to);
    return {
      advance: ticks.right.last - ticks.left.last - Math.round(strut.advance * size),
      originX: (ticks.left.first + ticks.left.last + 1 + strut.advance * size) / 2,
      baseline: Math.round(index * pitch) + Math.ceil(strut.top * size),
      left: ticks.left.last + 1,
      right: ticks.right.first,
      top: to,
      bottom: Math.min(layout.height, Math.floor(index * pitch + (strut.top - strut.bottomTick) * size)),
    };
  });
}

interface Ticks {
  readonly left: { readonly first: number; readonly last: number };
  readonly right: { readonly first: number; readonly last: number };
}

/** The columns of the two ticks in rows in which nothing else is inked. */
function readTicks(data: Uint8Array, { width, height, channels }: Layout, from: number, to: number): Ticks {
  const inked = (x: number): boolean => {
    for (let y = from; y < Math.min(to, height); y += 1) {
      if ((data[(y * width + x) * channels + channels - 1] ?? 0) > faintTick) {
        return true;
      }
    }
    return false;
  };
  const run = (start: number, step: 1 | -1): [number, number] => {
    let first = start;
    while (first >= 0 && first < width && !inked(first)) {
      first += step;
    }
    let last = first;
    while (inked(last + step) && last + step >= 0 && last + step < width) {
      last += step;
    }
    return [first, last];
  };
  const [leftFirst, leftLast] = run(0, 1);
  const [rightLast, rightFirst] = run(width - 1, -1);
  if (leftFirst >= rightFirst) {
    throw new Error('The struts of a line of text were not drawn');
  }
  return { left: { first: leftFirst, last: leftLast }, right: { first: rightFirst, last: rightLast } };
}
