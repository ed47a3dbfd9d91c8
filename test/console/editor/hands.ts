import type { Locator, Page } from 'playwright-core';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A point of the picture on the screen, by fractions of it. */
export async function at(page: Page, x: number, y: number): Promise<Point> {
  const box = await boxOf(page.locator('.ed-paper'));
  return { x: box.x + box.width * x, y: box.y + box.height * y };
}

export async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) {
    throw new Error('It is not on the page');
  }
  return box;
}

export const middleOf = async (locator: Locator): Promise<Point> => {
  const { x, y, width, height } = await boxOf(locator);
  return { x: x + width / 2, y: y + height / 2 };
};

/** Drags as a hand does, in small steps; `held` is looked at before the button is let go. */
export async function drag(page: Page, from: Point, to: Point, held?: () => Promise<void>): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + (to.x - from.x) / 2, from.y + (to.y - from.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await held?.();
  await page.mouse.up();
}

/** Adds a text to what has none. */
export async function withText(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Add text' }).click();
  await page.getByRole('textbox', { name: 'Text 1' }).fill(text);
  await page.getByRole('button', { name: `Text “${text}”`, exact: true }).waitFor();
}
