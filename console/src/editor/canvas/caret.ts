import type { CaptionLines } from '../preview/preview.ts';
import type { Box, Point } from './box.ts';

/** How wide a text is in the caption’s font, in pixels of the canvas. */
export type Measure = (text: string) => number;

/** Where a place between two letters is: in which line, and after how many of its characters. */
interface Place {
  readonly line: number;
  readonly offset: number;
}

/**
 * Where each place of a text stands in its lines. Spaces at which a line was broken are not in any line; what is written in capitals has as many letters.
 *
 * @returns one more than the text has characters
 */
export function caretPlaces(text: string, lines: readonly string[]): Place[] {
  const places: Place[] = [];
  let line = 0;
  let offset = 0;
  for (let index = 0; index < text.length; index += 1) {
    const isSpace = /\s/u.test(text[index] ?? '');
    const own = lines[line] ?? '';
    if (!isSpace && offset >= own.length && line < lines.length - 1) {
      line += 1;
      offset = 0;
    }
    places.push({ line, offset });
    const isDrawn =
      offset < (lines[line] ?? '').length && (!isSpace || /\s/u.test(lines[line]?.[offset] ?? ''));
    if (isDrawn && !(isSpace && /\s/u.test(text[index - 1] ?? ' '))) {
      offset += 1;
    }
  }
  places.push({ line, offset });
  return places;
}

/** From the left of the canvas; texts that begin with letters of the right-to-left scripts run from the right. */
export function caretX({ lines }: CaptionLines, { line, offset }: Place, measure: Measure): number {
  const own = lines[line];
  if (own === undefined) {
    return 0;
  }
  const whole = measure(own.text);
  const part = whole === 0 ? 0 : (measure(own.text.slice(0, offset)) / whole) * own.width;
  return isRightToLeft(own.text) ? own.left + own.width - part : own.left + part;
}

/** The place of the text that is nearest to a point of the upright canvas. */
export function caretNear(text: string, caption: CaptionLines, { x, y }: Point, measure: Measure): number {
  const { lines, pitch } = caption;
  const under = lines.findIndex(({ baseline }) => y < baseline + pitch * 0.3);
  const line = under < 0 ? lines.length - 1 : under;
  let best = text.length;
  let distance = Infinity;
  for (const [index, place] of caretPlaces(
    text,
    lines.map((each) => each.text),
  ).entries()) {
    const away = Math.abs(caretX(caption, place, measure) - x);
    if (place.line === line && away < distance) {
      best = index;
      distance = away;
    }
  }
  return best;
}

/** The caret, or a box for each line of what is selected; in pixels of the upright canvas. */
export function caretBoxes(
  text: string,
  caption: CaptionLines,
  from: number,
  to: number,
  measure: Measure,
): Box[] {
  const { lines, size } = caption;
  const places = caretPlaces(
    text,
    lines.map((each) => each.text),
  );
  const first = places[Math.min(from, text.length)];
  const last = places[Math.min(to, text.length)];
  if (first === undefined || last === undefined) {
    return [];
  }
  return lines.flatMap((line, index) => {
    if (index < first.line || index > last.line) {
      return [];
    }
    const starts = caretX(caption, index === first.line ? first : { line: index, offset: 0 }, measure);
    const ends = caretX(
      caption,
      index === last.line ? last : { line: index, offset: line.text.length },
      measure,
    );
    return [
      {
        left: Math.min(starts, ends),
        top: line.baseline - size * 0.95,
        width: Math.abs(ends - starts),
        height: size * 1.2,
      },
    ];
  });
}

const isRightToLeft = (text: string): boolean =>
  /^[^\p{Letter}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u.test(text);
