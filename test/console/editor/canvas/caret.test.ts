import { describe, expect, it } from 'vitest';
import type { CaptionLines } from '../../../../console/src/editor/preview/preview.ts';
import { caretBoxes, caretNear, caretPlaces, caretX } from '../../../../console/src/editor/canvas/caret.ts';

/** Letters that are ten wide, in two lines. */
const measure = (text: string): number => text.length * 10;
const lines: CaptionLines = {
  size: 20,
  pitch: 24,
  family: 'any',
  lines: [
    { text: 'one two', left: 100, baseline: 50, width: 70 },
    { text: 'three', left: 110, baseline: 74, width: 50 },
  ],
};
const text = 'one two three';

describe('the caret of a text that is written where it stands', () => {
  it('stands between the letters of the line that they are in', () => {
    const places = caretPlaces(text, ['one two', 'three']);
    expect(places).toHaveLength(text.length + 1);
    expect(places[0]).toEqual({ line: 0, offset: 0 });
    expect(places[3]).toEqual({ line: 0, offset: 3 });
    expect(places[7]).toEqual({ line: 0, offset: 7 });
    expect(places[8]).toEqual({ line: 1, offset: 0 });
    expect(places.at(-1)).toEqual({ line: 1, offset: 5 });
  });

  it('follows line breaks, spaces that are not drawn, and capitals', () => {
    const places = caretPlaces('ab\n\n  cd', ['AB', 'CD']);
    expect(places.slice(0, 3)).toEqual([
      { line: 0, offset: 0 },
      { line: 0, offset: 1 },
      { line: 0, offset: 2 },
    ]);
    expect(places[6]).toEqual({ line: 1, offset: 0 });
    expect(places.at(-1)).toEqual({ line: 1, offset: 2 });
  });

  it('is found by the letter that is clicked, and found again there', () => {
    for (const [index, place] of caretPlaces(text, ['one two', 'three']).entries()) {
      const x = caretX(lines, place, measure);
      const baseline = lines.lines[place.line]?.baseline ?? 0;
      expect(caretNear(text, lines, { x: x + 1, y: baseline - 5 }, measure)).toBe(index);
    }
  });

  it('runs from the right in scripts that do', () => {
    const hebrew = { ...lines, lines: [{ text: 'שלום', left: 100, baseline: 50, width: 40 }] };
    expect(caretX(hebrew, { line: 0, offset: 0 }, measure)).toBe(140);
    expect(caretX(hebrew, { line: 0, offset: 4 }, measure)).toBe(100);
  });

  it('is a box for each line of what is selected', () => {
    const boxes = caretBoxes(text, lines, 4, 10, measure).map(({ left, width }) => [left, width]);
    expect(boxes).toEqual([
      [140, 30],
      [110, 20],
    ]);
    expect(caretBoxes(text, lines, 5, 5, measure)).toMatchObject([{ left: 150, width: 0 }]);
  });
});
