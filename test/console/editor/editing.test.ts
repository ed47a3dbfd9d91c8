import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { EditorVisits, type EditorVisit } from './editor-visits.ts';
import { at, boxOf, drag, middleOf, withText, type Point } from './hands.ts';

let visits: EditorVisits;
beforeAll(async () => {
  visits = await EditorVisits.start();
});
afterAll(async () => {
  await visits[Symbol.asyncDispose]();
});

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** A photo with a sticker in its middle, which is selected. */
async function withSticker(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Stickers' }).click();
  await page.getByRole('button', { name: 'Add Sun' }).click();
  await page.getByRole('button', { name: 'Sticker sun', exact: true }).waitFor();
}

const overlay = async (visit: EditorVisit) => {
  const found = (await visit.recipe()).overlays?.[0];
  if (found === undefined) {
    throw new Error('There is no overlay');
  }
  return found;
};

describe('writing', () => {
  it('fills a template’s boxes where they are, after one click', async () => {
    await using visit = await visits.visit('template');
    const { page } = visit;
    const { x, y } = await at(page, 0.25, 0.17);
    await page.mouse.click(x, y);
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('Sleep early');
    await eventually(async () => (await visit.recipe()).captions?.[0]?.text).toBe('Sleep early');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Text “Sleep early”' }).waitFor();
    await page.getByRole('textbox', { name: 'Second door' }).fill('Watch on');
    await eventually(async () =>
      (await visit.recipe()).captions?.map(({ text, place }) => [text, place]),
    ).toEqual([
      ['Sleep early', { slot: 0 }],
      ['Watch on', { slot: 1 }],
    ]);
    expect(visit.complaints).toEqual([]);
  });

  it('begins where somebody double-clicks on the picture', async () => {
    await using visit = await visits.visit('photo');
    const { page } = visit;
    const { x, y } = await at(page, 0.5, 0.85);
    await page.mouse.dblclick(x, y);
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('down here');
    await eventually(async () => (await visit.recipe()).captions).toEqual([
      { text: 'down here', place: 'bottom' },
    ]);
  });

  it('edits a caption in place after a double click, and takes it back as one step', async () => {
    await using visit = await visits.visit('photo');
    const { page } = visit;
    await withText(page, 'hello');
    const { x, y } = await middleOf(page.getByRole('button', { name: 'Text “hello”' }));
    await page.mouse.dblclick(x, y);
    await page.getByRole('textbox', { name: 'Text of caption 1' }).waitFor();
    await page.locator('.ed-selected').waitFor();
    // A click is led to the letters that are drawn: just before the first of them.
    const selected = await boxOf(page.locator('.ed-selected'));
    await page.mouse.click(selected.x + 1, selected.y + selected.height / 2);
    await page.locator('.ed-caret').waitFor();
    expect((await boxOf(page.locator('.ed-caret'))).x).toBeCloseTo(selected.x - 1, -1);
    await page.keyboard.press('End');
    await page.keyboard.type(' you');
    await eventually(async () => (await visit.recipe()).captions?.[0]?.text).toBe('hello you');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Undo' }).click();
    await eventually(async () => (await visit.recipe()).captions?.[0]?.text).toBe('hello');
    await page.getByRole('button', { name: 'Redo' }).click();
    await eventually(async () => (await visit.recipe()).captions?.[0]?.text).toBe('hello you');
  });

  it('shows every style, and keeps the words when one is chosen', async () => {
    await using visit = await visits.visit('photo');
    const { page } = visit;
    await withText(page, 'hello');
    await page.getByRole('button', { name: 'Label' }).click();
    await eventually(async () => (await visit.recipe()).captions?.[0]).toMatchObject({
      text: 'hello',
      font: 'noto-sans',
      background: { radius: 14 },
    });
    await page.getByRole('button', { name: 'Red', exact: true }).first().click();
    await page.getByRole('radio', { name: 'Left' }).check();
    await page.getByRole('switch', { name: 'Capitals' }).check();
    await eventually(async () => (await visit.recipe()).captions?.[0]).toMatchObject({
      colour: '#ff5a4f',
      align: 'left',
      upperCase: true,
    });
  });
});

describe('the canvas', () => {
  it('moves what is dragged, and brings it to the middle with a guide', async () => {
    await using visit = await visits.visit('photo');
    const { page } = visit;
    await withSticker(page);
    const [middle, corner] = [await at(page, 0.5, 0.5), await at(page, 0.2, 0.3)];
    await drag(page, middle, corner);
    await eventually(async () => {
      const { box } = await overlay(visit);
      return [box.left + box.width / 2, box.top + box.height / 2].map((part) => part.toFixed(2));
    }).toEqual(['0.20', '0.30']);
    await drag(page, corner, { x: middle.x + 4, y: middle.y - 3 }, async () => {
      expect(await page.locator('.ed-guide').count()).toBe(2);
    });
    expect(await page.locator('.ed-guide').count()).toBe(0);
    await eventually(async () => {
      const { box } = await overlay(visit);
      return [box.left + box.width / 2, box.top + box.height / 2].map((part) => part.toFixed(3));
    }).toEqual(['0.500', '0.500']);
  });

  it('puts back what is being dragged on Escape, and counts a drag as one step', async () => {
    await using visit = await visits.visit('photo');
    const { page } = visit;
    await withSticker(page);
    const before = await overlay(visit);
    const [middle, corner] = [await at(page, 0.5, 0.5), await at(page, 0.2, 0.3)];
    await drag(page, middle, corner, async () => {
      await page.keyboard.press('Escape');
    });
    await eventually(() => overlay(visit)).toEqual(before);
    await drag(page, middle, corner);
    await eventually(async () => (await overlay(visit)).box.left).not.toBe(before.box.left);
    await page.keyboard.press('Control+z');
    await eventually(() => overlay(visit)).toEqual(before);
  });

  it('resizes by a corner in proportion, and turns by the handle above', async () => {
    await using visit = await visits.visit('photo');
    const { page } = visit;
    await withSticker(page);
    const { box: before } = await overlay(visit);
    const corner = await middleOf(page.locator('.ed-grip-se'));
    await drag(page, corner, { x: corner.x + 60, y: corner.y + 60 });
    await eventually(async () => (await overlay(visit)).box.width).toBeGreaterThan(before.width);
    const { box } = await overlay(visit);
    expect(box.width / box.height).toBeCloseTo(before.width / before.height, 2);
    expect([box.left, box.top]).toEqual([before.left, before.top]);
    const [handle, middle] = [
      await middleOf(page.locator('.ed-grip-rotate')),
      await middleOf(page.locator('.ed-frame')),
    ];
    await drag(page, handle, { x: middle.x + (middle.y - handle.y), y: middle.y + 3 });
    await eventually(async () => (await overlay(visit)).rotate).toBe(90);
  });

  it('keeps a caption’s letters on the picture, wherever they are dragged', async () => {
    await using visit = await visits.visit('photo');
    const { page } = visit;
    await withText(page, 'hey');
    const from = await middleOf(page.getByRole('button', { name: 'Text “hey”' }));
    await drag(page, from, await at(page, 1.5, 1.5));
    await eventually(async () => typeof (await visit.recipe()).captions?.[0]?.place).toBe('object');
    const place = (await visit.recipe()).captions?.[0]?.place;
    expect(place).toMatchObject({ left: expect.any(Number) });
    if (typeof place === 'object' && 'left' in place) {
      expect(place.left + place.width).toBeLessThanOrEqual(1.0001);
      expect(place.top + place.height).toBeLessThanOrEqual(1.0001);
      expect(place.left).toBeGreaterThan(0.5);
    }
  });

  it('does everything with keys that it does with the hand', async () => {
    await using visit = await visits.visit('photo');
    const { page } = visit;
    await withSticker(page);
    await page.getByRole('button', { name: 'Sticker sun', exact: true }).focus();
    const { box: before } = await overlay(visit);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    await eventually(async () => {
      const { box } = await overlay(visit);
      return [box.left - before.left, box.top - before.top].map((part) => part.toFixed(3));
    }).toEqual(['0.005', '0.050']);
    await page.keyboard.press('+');
    await eventually(async () => (await overlay(visit)).box.width / before.width).toBeCloseTo(1.05, 2);
    await page.keyboard.press('Shift+>');
    await eventually(async () => (await overlay(visit)).rotate).toBe(15);
    await page.keyboard.press('Control+d');
    await eventually(async () => (await visit.recipe()).overlays?.length).toBe(2);
    const behind = (await overlay(visit)).box.left;
    await page.keyboard.press('[');
    await eventually(async () => (await overlay(visit)).box.left - behind).toBeCloseTo(0.04, 3);
    await page.keyboard.press('Alt+ArrowRight');
    expect((await visit.recipe()).overlays?.length).toBe(2);
    await page.getByRole('status').filter({ hasText: '% from the left' }).waitFor();
    await page.keyboard.press('Delete');
    await eventually(async () => (await visit.recipe()).overlays?.length).toBe(1);
    // The keys go on from the picture.
    await page.locator('[data-stage]:focus, [data-stage] :focus').waitFor();
    await page.keyboard.press('Control+z');
    await eventually(async () => (await visit.recipe()).overlays?.length).toBe(2);
    await page.keyboard.press('Control+Shift+z');
    await eventually(async () => (await visit.recipe()).overlays?.length).toBe(1);
  });

  it('is moved with one finger, and resized and turned with two', async () => {
    await using visit = await visits.visit('photo', phone);
    const { page } = visit;
    await withSticker(page);
    await page.getByRole('button', { name: 'Close Stickers' }).click();
    const { box: before } = await overlay(visit);
    const cdp = await page.context().newCDPSession(page);
    const touch = async (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: readonly Point[]) => {
      await cdp.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map(({ x, y }, id) => ({ x, y, id })),
      });
    };
    const middle = await at(page, 0.5, 0.5);
    const right = { x: middle.x + 20, y: middle.y };
    const left = { x: middle.x - 20, y: middle.y };
    await touch('touchStart', left, right);
    for (const step of [1, 2, 3, 4]) {
      await touch('touchMove', { x: left.x, y: left.y - step * 10 }, { x: right.x, y: right.y + step * 10 });
    }
    await touch('touchEnd');
    await eventually(async () => (await overlay(visit)).rotate ?? 0).toBeGreaterThan(40);
    const { box: pinched } = await overlay(visit);
    expect(pinched.width).toBeGreaterThan(before.width * 1.5);
    await touch('touchStart', middle);
    for (const step of [1, 2, 3, 4]) {
      await touch('touchMove', { x: middle.x - step * 12, y: middle.y + step * 5 });
    }
    await touch('touchEnd');
    await eventually(async () => (await overlay(visit)).box.left).toBeLessThan(pinched.left - 0.05);
    expect(visit.complaints).toEqual([]);
  });
});
