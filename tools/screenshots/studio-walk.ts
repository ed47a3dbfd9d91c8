import type { Page } from 'playwright-core';

/** Takes a picture of the page as it is now. */
export type Shoot = (scene: string) => Promise<void>;

const panels = ['Text', 'Stickers', 'Looks', 'Crop', 'Time', 'Format'];

/** Through the studio as somebody goes who makes a meme and an animation: every page and every panel. */
export async function studioWalk(page: Page, site: string, shoot: Shoot): Promise<void> {
  await page.goto(`${site}/#/studio`);
  await page.getByRole('button', { name: 'Before and after' }).waitFor();
  await shoot('start');
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('ship');
  await shoot('start-search');
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('');

  await page.getByRole('button', { name: 'Before and after' }).click();
  await untilOpen(page);
  await shoot('meme-empty');
  await openPanel(page, 'Text');
  const texts = page.getByRole('region', { name: 'Text', exact: true }).getByRole('textbox');
  await texts.first().fill('Friday, 16:58');
  await texts.last().fill('Friday, 16:59');
  for (const panel of panels) {
    await openPanel(page, panel);
    await shoot(`meme-${panel.toLowerCase()}`);
  }
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('heading', { name: 'Here it is' }).waitFor({ timeout: 60_000 });
  await shoot('meme-made');
  await page.getByText('Recipe and more').click();
  await shoot('meme-made-more');

  await page.goto(`${site}/#/studio`);
  await page.getByRole('button', { name: 'Confetti' }).click();
  await untilOpen(page);
  await shoot('animation');
  for (const panel of ['Text', 'Time', 'Format']) {
    await openPanel(page, panel);
    await shoot(`animation-${panel.toLowerCase()}`);
  }
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('heading', { name: 'Here it is' }).waitFor({ timeout: 60_000 });
  await shoot('animation-made');
  await page.goto(`${site}/#/studio`);
  await page.getByRole('heading', { name: 'Go on with' }).waitFor();
  await shoot('start-kept');
}

/** What can be made was opened and planned. */
const untilOpen = async (page: Page): Promise<void> =>
  await page.locator('button:enabled', { hasText: 'Make it' }).waitFor();

async function openPanel(page: Page, label: string): Promise<void> {
  const tab = page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: label });
  if ((await tab.getAttribute('aria-expanded')) !== 'true') {
    await tab.click();
  }
}
