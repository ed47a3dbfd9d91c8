import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TextDesign } from '../../../../functions/kernel/drawing/text-design.ts';
import { loadTypeface } from '../../../../functions/kernel/sharp/load-typeface.ts';
import { drawText } from '../../../../functions/kernel/sharp/draw-text.ts';
import type { FontStack } from '../../../../functions/kernel/sharp/shape-text.ts';
import type { PlacedPicture } from '../../../../functions/kernel/drawing/paint-text.ts';

const fonts = path.join(import.meta.dirname, '../../../fixtures/campaigns/test-card/fonts');
let display: FontStack;
let plain: FontStack;
let others: FontStack;

beforeAll(async () => {
  const load = async (...names: string[]): Promise<FontStack> => ({
    weight: 400,
    faces: await Promise.all(names.map(async (name) => loadTypeface(await readFile(path.join(fonts, name))))),
  });
  const fallbacks = [
    'NotoSansArabic-Bold.ttf',
    'NotoSansHebrew-Bold.ttf',
    'NotoSansCJKjp-Bold.otf',
    'NotoColorEmoji.ttf',
  ];
  display = await load('Anton-Regular.ttf', 'NotoSans-Bold.ttf', ...fallbacks);
  plain = await load('NotoSans-Bold.ttf');
  others = {
    weight: 700,
    faces: await Promise.all(
      ['NotoSansKR-Bold.ttf', 'NotoSansDevanagari-Bold.ttf', 'NotoSansThai-Bold.ttf'].map(async (name) =>
        loadTypeface(await readFile(path.join(import.meta.dirname, '../../../../fonts/studio', name))),
      ),
    ),
  };
});

const design = (over: Partial<TextDesign> = {}): TextDesign => ({
  box: { left: 100, top: 100, width: 600, height: 120 },
  minSize: 10,
  maxSize: 100,
  maxLines: 1,
  lineHeight: 1.1,
  letterSpacing: 0,
  align: 'centre',
  verticalAlign: 'middle',
  colour: '#ffffff',
  ...over,
});

const draw = async (text: string, over: Partial<TextDesign> = {}, font = display): Promise<PlacedPicture> => {
  const drawn = await drawText(design(over), text, font);
  if (drawn === undefined) {
    throw new Error(`Nothing was drawn for ${text}`);
  }
  return drawn;
};

const bottom = ({ top, picture }: PlacedPicture): number => top + picture.height;
const right = ({ left, picture }: PlacedPicture): number => left + picture.width;

/** Pixels that are visible and not grey. */
const colourful = ({ picture: { data } }: PlacedPicture): number => {
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
    count += alpha > 128 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60 ? 1 : 0;
  }
  return count;
};

/** Where, from 0 at the left to 1 at the right, the highest ink is. */
const highestAt = ({ picture: { data, width } }: PlacedPicture): number => {
  const first = data.findIndex((value, at) => at % 4 === 3 && value > 128);
  return (Math.floor(first / 4) % width) / width;
};

const alphaSum = ({ picture: { data } }: PlacedPicture): number => {
  let sum = 0;
  for (let at = 3; at < data.length; at += 4) {
    sum += data[at] ?? 0;
  }
  return sum / 255;
};

describe('where text stands', () => {
  it('centres capitals in the box, in faces of any proportions', async () => {
    for (const font of [display, plain]) {
      const { top, picture } = await draw('HHH', {}, font);
      expect(Math.abs(top + picture.height / 2 - 160)).toBeLessThanOrEqual(1.5);
    }
  });

  it('keeps its line whether or not there are accents and descenders', async () => {
    const plainLine = await draw('HH');
    expect(bottom(await draw('HÁ'))).toBe(bottom(plainLine));
    expect((await draw('Hg')).top).toBe(plainLine.top);
    const [accented, descending] = [await draw('HÁg'), await draw('Hg')];
    expect(bottom(accented)).toBe(bottom(descending));
  });

  it.each([
    ['left', 100, undefined],
    ['right', undefined, 700],
  ] as const)('begins or ends at the edge of the box: %s', async (align, begins, ends) => {
    for (const text of ['HAH', 'مرحبا', 'שלום']) {
      const drawn = await draw(text, { align });
      const distance = begins === undefined ? ends - right(drawn) : drawn.left - begins;
      expect(Math.abs(distance)).toBeLessThanOrEqual(10);
    }
  });

  it('is in the middle when it is centred', async () => {
    const drawn = await draw('HAH');
    expect(Math.abs((drawn.left + right(drawn)) / 2 - 400)).toBeLessThanOrEqual(2);
  });

  it.each(['日本語', '한국어', 'नमस्ते', 'สวัสดี', '日本 abc'])(
    'is on the line of Latin text also where a script brings its own: %s',
    async (text) => {
      const stack = { ...display, faces: [...display.faces, ...others.faces] };
      const alone = await draw(text, { maxSize: 60 }, stack);
      const after = await draw(`H ${text}`, { maxSize: 60 }, stack);
      const middle = alone.top + alone.picture.height / 2;
      expect(Math.abs(middle - (after.top + after.picture.height / 2))).toBeLessThanOrEqual(6);
      expect(Math.abs(middle - 160)).toBeLessThanOrEqual(12);
    },
  );

  it('is at the top or the bottom of the box when it shall be', async () => {
    const tall = { left: 0, top: 0, width: 400, height: 400 };
    const [top, low] = [
      await draw('HH', { box: tall, verticalAlign: 'top' }),
      await draw('HH', { box: tall, verticalAlign: 'bottom' }),
    ];
    expect(top.top).toBeGreaterThanOrEqual(0);
    expect(top.top).toBeLessThan(30);
    expect(bottom(low)).toBeLessThanOrEqual(400);
    expect(bottom(low)).toBeGreaterThan(370);
  });

  it('breaks into lines at the distance of the line height', async () => {
    const over = {
      maxLines: 2,
      maxSize: 40,
      lineHeight: 1.5,
      box: { left: 0, top: 0, width: 120, height: 200 },
    };
    const [one, two] = [await draw('HHHH', over), await draw('HHHH HHHH', over)];
    expect(Math.abs(two.picture.height - one.picture.height - 60)).toBeLessThanOrEqual(1);
  });
});

describe('what fits', () => {
  it('draws one letter at the greatest size', async () => {
    expect((await draw('H')).picture.height).toBe(86);
  });

  it('draws 24 of the widest letter as small as needed', async () => {
    const drawn = await draw('W'.repeat(24));
    expect(drawn.left).toBeGreaterThanOrEqual(99);
    expect(right(drawn)).toBeLessThanOrEqual(701);
    expect(drawn.picture.width).toBeGreaterThan(560);
  });

  it('stays in the width of its box with its outline, whatever is written', async () => {
    const names = fc.string({ unit: fc.constantFrom(...'aWig ÁþĐ漢字שלم١'), minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(names, fc.integer({ min: 2, max: 12 }), async (name, width) => {
        const text = name.trim().replaceAll(/ +/gu, ' ');
        fc.pre(text !== '');
        const { left, picture } = await draw(text, { maxLines: 3, outline: { width, colour: '#000000' } });
        // Some letters lean out of their advance by a hair.
        const hair = 8;
        expect(left).toBeGreaterThanOrEqual(100 - hair);
        expect(left + picture.width).toBeLessThanOrEqual(700 + hair);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses what does not, naming it', async () => {
    const refused = drawText(design({ minSize: 60 }), 'W'.repeat(40), display);
    await expect(refused).rejects.toMatchObject({ name: 'PermanentError', code: 'text-does-not-fit' });
  });

  it('refuses towers of accents', async () => {
    const tower = drawText(design(), `A${'\u0301'.repeat(30)}`, plain);
    await expect(tower).rejects.toMatchObject({ name: 'PermanentError', code: 'text-does-not-fit' });
  });

  it('draws nothing for nothing', async () => {
    expect(await drawText(design(), '', display)).toBeUndefined();
  });
});

describe('how text looks', () => {
  it('joins Arabic letters and sets them from right to left', async () => {
    const joined = await draw('ببب');
    const apart = await draw('ب\u200Cب\u200Cب');
    expect(joined.picture.width).toBeLessThan(apart.picture.width * 0.8);
    // An alef stands higher than a seen: at the right where it comes first, at the left where it comes last.
    expect(highestAt(await draw('اس'))).toBeGreaterThan(0.8);
    expect(highestAt(await draw('سا'))).toBeLessThan(0.2);
  });

  it('draws emoji in colour, sequences as one picture each, beside the text', async () => {
    const [family, flag, keycap] = [await draw('👨‍👩‍👧‍👦'), await draw('🇮🇸'), await draw('1️⃣')];
    for (const one of [family, flag, keycap]) {
      expect(one.picture.width).toBeLessThan(one.picture.height * 1.6);
    }
    expect(colourful(flag)).toBeGreaterThan(500);
    expect(colourful(await draw('Hi 🎉'))).toBeGreaterThan(500);
    expect(colourful(await draw('Hi'))).toBe(0);
    expect(colourful(await draw('❤️'))).toBeGreaterThan(500);
  });

  it('draws CJK from the file of the stack that has it', async () => {
    const drawn = await draw('漢字');
    expect(drawn.picture.width).toBeGreaterThan(150);
    expect(alphaSum(drawn)).toBeGreaterThan(2000);
  });

  it('draws what a person wrote, not what it would mean in markup', async () => {
    const [markup, text] = [await draw('<b>x</b>&amp;'), await draw('x')];
    expect(markup.picture.width).toBeGreaterThan(text.picture.width * 4);
  });

  it('puts space between letters where asked, not between joined ones', async () => {
    const [tight, wide] = [
      await draw('HHH', { maxSize: 50 }),
      await draw('HHH', { maxSize: 50, letterSpacing: 0.5 }),
    ];
    expect(wide.picture.width - tight.picture.width).toBeGreaterThan(45);
    expect(wide.picture.width - tight.picture.width).toBeLessThan(55);
    const arabic = await Promise.all([
      draw('مرحبا', { maxSize: 50 }),
      draw('مرحبا', { maxSize: 50, letterSpacing: 0.5 }),
    ]);
    expect(arabic[0].picture.width).toBe(arabic[1].picture.width);
  });

  it('has its colour and transparency, and an outline around it', async () => {
    const { picture } = await draw('HHH', { colour: '#ff000080', outline: { width: 6, colour: '#0000ff' } });
    const seen = new Set<string>();
    for (let at = 0; at < picture.data.length; at += 4) {
      seen.add([...picture.data.subarray(at, at + 4)].join());
    }
    expect(seen).toContain('255,0,0,128');
    expect(seen).toContain('0,0,255,255');
    const without = await draw('HHH', { colour: '#ff000080' });
    expect(picture.width - without.picture.width).toBeGreaterThanOrEqual(12);
  });

  it('is the same however many are drawn at the same time', async () => {
    const texts = ['Ágnes Þóra', 'مرحبا', '漢字 🎉', 'W'.repeat(24)];
    const alone = [];
    for (const text of texts) {
      alone.push(await draw(text));
    }
    expect(await Promise.all(texts.map((text) => draw(text)))).toEqual(alone);
  });

  it('knows no font but those that it was given', async () => {
    // Many a machine has a font with Armenian; here it must be the box for what cannot be drawn, closed at the top.
    const { picture } = await draw('Ա', {}, plain);
    const top = picture.data.subarray(4, (picture.width - 1) * 4).filter((_value, at) => at % 4 === 3);
    expect(Math.min(...top)).toBeGreaterThan(100);
  });

  it('tells apart two files under one family name', async () => {
    const renamed = await loadTypeface(await readFile(path.join(fonts, 'NotoSans-Bold.ttf')));
    expect(renamed.family).toBe(plain.faces[0]?.family);
    expect(renamed.family).not.toBe(display.faces[0]?.family);
    expect((await draw('HHH', {}, plain)).picture.width).not.toBe((await draw('HHH')).picture.width);
  });
});
