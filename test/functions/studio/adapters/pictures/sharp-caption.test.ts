import { beforeAll, describe, expect, it } from 'vitest';
import type { PlacedPicture } from '../../../../../functions/kernel/drawing/paint-text.ts';
import { type CaptionFont, drawCaption } from '../../../../../functions/studio/adapters/sharp-caption.ts';
import type { PlannedCaption } from '../../../../../functions/studio/domain/plan.ts';
import { captionOf, font, frameOf, paintAll, planOf } from './plans.ts';
import { paint, picture, pixelAt } from './test-pictures.ts';

let anton: CaptionFont;
beforeAll(async () => {
  anton = await font();
});

async function draw(over: Partial<PlannedCaption> = {}): Promise<PlacedPicture> {
  const drawn = await drawCaption(captionOf(over), anton);
  if (drawn === undefined) {
    throw new Error('Nothing was drawn');
  }
  return drawn;
}

/** The rectangle of pixels that a test holds for, on the canvas. */
function extent(
  { picture: drawn, left, top }: PlacedPicture,
  holds: (pixel: readonly number[]) => boolean = ([, , , alpha = 0]) => alpha > 16,
): { left: number; top: number; right: number; bottom: number } {
  const found = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let y = 0; y < drawn.height; y += 1) {
    for (let x = 0; x < drawn.width; x += 1) {
      if (holds(pixelAt(drawn, x, y))) {
        found.left = Math.min(found.left, left + x);
        found.right = Math.max(found.right, left + x + 1);
        found.top = Math.min(found.top, top + y);
        found.bottom = Math.max(found.bottom, top + y + 1);
      }
    }
  }
  return found;
}

const isWhite = ([red = 0, green = 0, blue = 0, alpha = 0]: readonly number[]): boolean =>
  alpha > 200 && Math.min(red, green, blue) > 200;
const isBlack = ([red = 0, green = 0, blue = 0, alpha = 0]: readonly number[]): boolean =>
  alpha > 200 && Math.max(red, green, blue) < 60;

describe('a caption', () => {
  it.each([
    'W',
    'ONE DOES NOT SIMPLY',
    'a much longer text that must be wrapped over some lines to be seen at all',
    'Ågjy|',
    '대한민국',
  ])('stays in its box with its outline: %s', async (text) => {
    const { box } = captionOf();
    const inked = extent(await draw({ text }));
    expect(inked.left).toBeGreaterThanOrEqual(box.left - 1);
    expect(inked.right).toBeLessThanOrEqual(box.left + box.width + 1);
    expect(inked.top).toBeGreaterThanOrEqual(box.top - 1);
    expect(inked.bottom).toBeLessThanOrEqual(box.top + box.height + 1);
  });

  it('is as large as its box lets it, and no larger than it may', async () => {
    const free = extent(await draw({ text: 'HI', outline: { width: 0, colour: '#000000' } }));
    expect(free.bottom - free.top).toBeGreaterThan(40);
    const held = extent(await draw({ text: 'HI', maxSize: 20, outline: { width: 0, colour: '#000000' } }));
    expect(held.bottom - held.top).toBeLessThan(20);
  });

  it('has an outline that suits its size, unless it is told which', async () => {
    const thickness = async (over: Partial<PlannedCaption>): Promise<number> => {
      const drawn = await draw({ text: 'I', ...over });
      const [all, fill] = [extent(drawn), extent(drawn, isWhite)];
      return (all.right - all.left - (fill.right - fill.left)) / 2;
    };
    const [small, large] = [await thickness({ maxSize: 20, minSize: 6 }), await thickness({ maxSize: 50 })];
    expect(large).toBeGreaterThan(small * 1.5);
    expect(await thickness({ outline: { width: 0, colour: '#000000' } })).toBeLessThanOrEqual(1);
    expect(Math.abs((await thickness({ outline: { width: 6, colour: '#000000' } })) - 6)).toBeLessThanOrEqual(
      1,
    );
    expect(isBlack(pixelAt((await draw({ text: 'I' })).picture, 3, 20))).toBe(true);
  });

  it('begins a line where the text does, also beyond its most', async () => {
    const rows = async (text: string): Promise<number> => {
      const drawn = await draw({ text, maxLines: 1, maxSize: 14, outline: { width: 0, colour: '#000000' } });
      return extent(drawn).bottom - extent(drawn).top;
    };
    const [one, three] = [await rows('HHH'), await rows('HHH\nH\n\nHH')];
    expect(three).toBeGreaterThan(one * 3);
  });

  it('is set where it is told', async () => {
    const at = async (over: Partial<PlannedCaption>) =>
      extent(await draw({ text: 'X', maxSize: 16, ...over }));
    const { left, right, top, bottom } = await at({ align: 'left', verticalAlign: 'top' });
    expect([left - 20, top - 10]).toSatisfy((away: number[]) =>
      away.every((value) => value >= 0 && value < 6),
    );
    const end = await at({ align: 'right', verticalAlign: 'bottom' });
    expect(300 - end.right).toBeLessThan(4);
    expect(70 - end.bottom).toBeLessThan(6);
    expect([right < 60, bottom < 40]).toEqual([true, true]);
  });

  it('has a background behind all of its lines, with round corners', async () => {
    const background = { colour: '#ff0000', padding: 8, radius: 6 };
    const drawn = await draw({
      text: 'two words',
      background,
      maxSize: 20,
      outline: { width: 0, colour: '#000000' },
    });
    const isRed = ([red = 0, green = 0, , alpha = 0]: readonly number[]): boolean =>
      alpha > 250 && red > 250 && green < 5;
    const [behind, text] = [extent(drawn, isRed), extent(drawn, isWhite)];
    expect(behind.left).toBeLessThanOrEqual(text.left - 7);
    expect(behind.right).toBeGreaterThanOrEqual(text.right + 7);
    expect(pixelAt(drawn.picture, 0, 0)[3]).toBeLessThan(128);
    expect(pixelAt(drawn.picture, 10, 1)[3]).toBe(255);
    expect(drawn.left).toBeGreaterThanOrEqual(20);
  });

  it('throws its shadow where it is told, under itself', async () => {
    const shadow = { x: 10, y: 6, blur: 0, colour: '#0000ff' };
    const drawn = await draw({ text: 'H', maxSize: 30, shadow, outline: { width: 0, colour: '#000000' } });
    const isBlue = ([red = 0, , blue = 0, alpha = 0]: readonly number[]): boolean =>
      alpha > 250 && blue > 250 && red < 5;
    const [letter, under] = [extent(drawn, isWhite), extent(drawn, isBlue)];
    expect(Math.abs(under.right - letter.right - 10)).toBeLessThanOrEqual(1);
    expect(Math.abs(under.bottom - letter.bottom - 6)).toBeLessThanOrEqual(1);
    const soft = await draw({
      text: 'H',
      maxSize: 30,
      shadow: { ...shadow, blur: 8 },
      outline: { width: 0, colour: '#000000' },
    });
    expect(extent(soft).right).toBeGreaterThan(under.right);
  });

  it('turns about the middle of its box', async () => {
    const box = { left: 100, top: 100, width: 200, height: 40 };
    const inked = extent(await draw({ text: 'STANDING', box, rotate: 90 }));
    expect(inked.bottom - inked.top).toBeGreaterThan(inked.right - inked.left);
    expect(Math.abs((inked.left + inked.right) / 2 - 200)).toBeLessThanOrEqual(2);
    expect(Math.abs((inked.top + inked.bottom) / 2 - 120)).toBeLessThanOrEqual(2);
  });

  it('is what a person wrote, whatever it would mean in markup', async () => {
    const plain = extent(
      await draw({ text: '<b>&amp;</b>', maxSize: 14, outline: { width: 0, colour: '#000000' } }),
    );
    expect(plain.right - plain.left).toBeGreaterThan(60);
  });

  it('is refused when not even the smallest size fits, naming it', async () => {
    await expect(draw({ text: 'W'.repeat(300), minSize: 30 })).rejects.toMatchObject({
      code: 'text-does-not-fit',
    });
  });

  it('is nothing when nothing of it is inked', async () => {
    expect(await drawCaption(captionOf({ text: ' \n ' }), anton)).toBeUndefined();
  });
});

describe('captions of frames', () => {
  it('are on the frames that show them, where they are moved to, as far as they are there', async () => {
    const ground = picture(
      paint(320, 200, () => [0, 90, 0]),
      320,
    );
    const on = { layer: 0, opacity: 1, dx: 0, dy: 0, frame: undefined };
    const layers = [[], [{ ...on, opacity: 0.2 }], [on], [{ ...on, dy: 100 }], []];
    const plan = planOf(320, 200, {
      layers: [captionOf({ outline: { width: 0, colour: '#000000' } })],
      frames: layers.map((each) => frameOf({ layers: each })),
    });
    const { pictures } = await paintAll(plan, ground);
    const lightest = (from: number, to: number): number[] =>
      pictures.map(({ data }) =>
        data.subarray(from * 320 * 3, to * 320 * 3).reduce((most, value) => Math.max(most, value), 0),
      );
    expect(lightest(0, 80)).toEqual([90, 123, 255, 90, 90]);
    expect(lightest(100, 200)).toEqual([90, 90, 90, 255, 90]);
  });
});
