import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakText } from '../../../../functions/kernel/drawing/break-text.ts';
import {
  type FittedText,
  fitText,
  type MeasureLines,
  type TextRules,
} from '../../../../functions/kernel/drawing/fit-text.ts';

/** A type in which every character is six tenths of an em wide. */
const typewriter: MeasureLines = async (lines, size) => lines.map((line) => line.length * 0.6 * size);

/** The same, drawn by an engine that rounds the advance of every character to whole pixels. */
const rounding: MeasureLines = async (lines, size) =>
  lines.map((line) => line.length * Math.round(0.6 * size));

const rules = (over: Partial<TextRules> = {}): TextRules => ({
  width: 600,
  height: 200,
  minSize: 10,
  maxSize: 100,
  maxLines: 1,
  lineHeight: 1,
  ...over,
});

const counted = (measure: MeasureLines): { measure: MeasureLines; sizes: number[] } => {
  const sizes: number[] = [];
  return {
    sizes,
    measure: async (lines, size) => {
      sizes.push(size);
      return measure(lines, size);
    },
  };
};

describe('fitText', () => {
  it('sets short text at the greatest size, seen small once and measured once', async () => {
    const { measure, sizes } = counted(typewriter);
    expect(await fitText('Alex', rules(), measure)).toEqual({ lines: ['Alex'], size: 100 });
    expect(sizes).toEqual([48, 100]);
  });

  it('makes longer text as small as it must', async () => {
    const { measure, sizes } = counted(typewriter);
    // 20 characters of 0.6 em in 600 pixels.
    expect(await fitText('A'.repeat(20), rules(), measure)).toEqual({ lines: ['A'.repeat(20)], size: 50 });
    expect(sizes).toHaveLength(2);
  });

  it('prefers larger text on more lines', async () => {
    expect(await fitText('one two three four', rules({ maxLines: 3 }), typewriter)).toEqual({
      lines: ['one two', 'three four'],
      size: 100,
    });
  });

  it('prefers fewer lines at the same size', async () => {
    expect(await fitText('one two', rules({ maxLines: 3 }), typewriter)).toEqual({
      lines: ['one two'],
      size: 100,
    });
  });

  it('breaks into lines of even length, not into a full one and a rest', async () => {
    const { lines } = await fitText('aaaa bbbb cccc dddd', rules({ width: 850, maxLines: 2 }), typewriter);
    expect(lines).toEqual(['aaaa bbbb', 'cccc dddd']);
  });

  it('leaves room for the height of all lines', async () => {
    const fitted = await fitText(
      'aa bb',
      rules({ width: 90, height: 100, maxLines: 2, lineHeight: 1.25 }),
      typewriter,
    );
    expect(fitted).toEqual({ lines: ['aa', 'bb'], size: 40 });
  });

  it('breaks a word that no line can hold, if there may be more lines', async () => {
    const fitted = await fitText(
      'W'.repeat(24),
      rules({ width: 120, minSize: 12, maxLines: 2, height: 60 }),
      typewriter,
    );
    expect(fitted.lines).toEqual(['W'.repeat(12), 'W'.repeat(12)]);
    expect(fitted.size).toBeGreaterThanOrEqual(12);
  });

  it('refuses for good what does not fit at the smallest size', async () => {
    await expect(fitText('W'.repeat(202), rules({ maxLines: 2 }), typewriter)).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'text-does-not-fit',
    });
    await expect(fitText('W', rules({ height: 9 }), typewriter)).rejects.toMatchObject({
      code: 'text-does-not-fit',
    });
  });

  it('measures again where the engine rounds, until what it answers has been seen to fit', async () => {
    const { measure, sizes } = counted(rounding);
    const { lines, size } = await fitText('abcdefghijklmnopqrst', rules({ width: 601 }), measure);
    expect(Math.max(...(await rounding(lines, size)))).toBeLessThanOrEqual(601);
    expect(sizes.length).toBeLessThanOrEqual(4);
  });
});

describe('fitText, for any text and box', () => {
  const text = fc
    .array(fc.string({ unit: fc.constantFrom('a', 'B', 'm', '漢', 'é'), minLength: 1, maxLength: 12 }), {
      minLength: 1,
      maxLength: 8,
    })
    .map((words) => words.join(' '));
  const anyRules = fc
    .record({
      width: fc.integer({ min: 1, max: 1200 }),
      height: fc.integer({ min: 1, max: 600 }),
      minSize: fc.integer({ min: 8, max: 60 }),
      more: fc.integer({ min: 0, max: 200 }),
      maxLines: fc.integer({ min: 1, max: 5 }),
      lineHeight: fc.double({ min: 0.7, max: 2, noNaN: true }),
    })
    .map(({ more, ...rest }) => Object.assign(rest, { maxSize: rest.minSize + more }));
  const attempt = async (
    content: string,
    box: TextRules,
    measure: MeasureLines,
  ): Promise<FittedText | undefined> => {
    try {
      return await fitText(content, box, measure);
    } catch (error) {
      expect(error).toMatchObject({ code: 'text-does-not-fit' });
      return undefined;
    }
  };
  const unspaced = (lines: readonly string[]): string => lines.join('').replaceAll(' ', '');

  it.each([
    ['in proportion', typewriter],
    ['with rounding', rounding],
  ])('fits the box, the bounds and the lines, and leaves out nothing (%s)', async (_how, measure) => {
    await fc.assert(
      fc.asyncProperty(text, anyRules, async (content, box) => {
        const fitted = await attempt(content, box, measure);
        if (fitted !== undefined) {
          expect(fitted.size).toBeGreaterThanOrEqual(box.minSize);
          expect(fitted.size).toBeLessThanOrEqual(box.maxSize);
          expect(fitted.lines.length).toBeLessThanOrEqual(box.maxLines);
          expect(fitted.lines.length * fitted.size * box.lineHeight).toBeLessThanOrEqual(box.height + 1e-6);
          expect(Math.max(...(await measure(fitted.lines, fitted.size)))).toBeLessThanOrEqual(box.width);
          expect(unspaced(fitted.lines)).toBe(unspaced([content]));
        }
      }),
    );
  });

  it('never makes the text smaller because the box is larger', async () => {
    await fc.assert(
      fc.asyncProperty(text, anyRules, fc.nat(300), fc.nat(300), async (content, box, wider, higher) => {
        const fitted = await attempt(content, box, typewriter);
        const larger = { ...box, width: box.width + wider, height: box.height + higher };
        const fittedLarger = await attempt(content, larger, typewriter);
        // In a larger box a word may stay whole that had to be broken in the smaller: that is worth a smaller size.
        const keepsWords = ({ lines }: { readonly lines: readonly string[] }): boolean =>
          breakText(content).every((piece) => lines.some((line) => line.includes(piece.text)));
        if (fitted !== undefined) {
          expect(fittedLarger).toBeDefined();
          if (keepsWords(fitted) || (fittedLarger !== undefined && !keepsWords(fittedLarger))) {
            expect(fittedLarger?.size).toBeGreaterThanOrEqual(fitted.size);
          }
        }
      }),
    );
  });

  it('answers the largest size: a step more, and no wrapping fits', async () => {
    await fc.assert(
      fc.asyncProperty(text, anyRules, async (content, box) => {
        const fitted = await attempt(content, box, typewriter);
        fc.pre(fitted !== undefined && fitted.size + 0.5 <= box.maxSize);
        const size = (fitted?.size ?? 0) + 0.5;
        expect(fewestLines(content, size, box.width)).toBeGreaterThan(
          Math.min(box.maxLines, Math.floor(box.height / (size * box.lineHeight))),
        );
      }),
    );
  });

  it('measures few times', async () => {
    await fc.assert(
      fc.asyncProperty(text, anyRules, async (content, box) => {
        const { measure, sizes } = counted(typewriter);
        await attempt(content, box, measure);
        // A look and a check; near the smallest size a check more for each number of lines, and the same again broken within words.
        expect(sizes.length).toBeLessThanOrEqual(2 * (1 + box.maxLines));
      }),
    );
  });

  /** How many lines the text takes at a size when each is filled before the next begins; Infinity when a part is wider than a line. */
  const fewestLines = (content: string, size: number, width: number): number => {
    const most = Math.floor(width / (0.6 * size) + 1e-9);
    let [lines, length] = [1, 0];
    for (const word of content.split(' ')) {
      for (const [index, part] of (word.match(/[^漢]+|漢/gu) ?? []).entries()) {
        const space = index === 0 && length > 0 ? 1 : 0;
        if (part.length > most) {
          return Infinity;
        }
        if (length + space + part.length <= most) {
          length += space + part.length;
        } else {
          lines += 1;
          length = part.length;
        }
      }
    }
    return lines;
  };
});
