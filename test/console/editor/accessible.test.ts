import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from './axe.ts';
import { EditorVisits } from './editor-visits.ts';
import { withText } from './hands.ts';

let visits: EditorVisits;
beforeAll(async () => {
  visits = await EditorVisits.start();
});
afterAll(async () => {
  await visits[Symbol.asyncDispose]();
});

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

describe('the editor', { timeout: 60_000 }, () => {
  it('has nothing that axe-core calls serious in any panel, with everything in it unfolded', async () => {
    await using visit = await visits.visit('gif', phone);
    const { page } = visit;
    const rail = page.getByRole('navigation', { name: 'Panels' });
    for (const label of ['Text', 'Stickers', 'Looks', 'Crop', 'Time', 'Format']) {
      const tab = rail.getByRole('button', { name: label });
      if ((await tab.getAttribute('aria-expanded')) !== 'true') {
        await tab.click();
      }
      await page.getByRole('heading', { name: label, exact: true }).waitFor();
      if (label === 'Text') {
        await withText(page, 'hey');
      }
      if (label === 'Stickers') {
        await page.getByRole('button', { name: 'Add Sun' }).click();
      }
      await page.locator('details').evaluateAll((all) => {
        for (const each of all) {
          each.setAttribute('open', '');
        }
      });
      expect(await seriousFindings(page), label).toEqual([]);
    }
    expect(visit.complaints).toEqual([]);
  });

  it('is walked through with Tab in the order in which it is seen, and every stop has a name', async () => {
    await using visit = await visits.visit('gif');
    const { page } = visit;
    await withText(page, 'hey');
    await page.getByRole('button', { name: 'Close Text' }).click();
    await page.getByRole('link', { name: 'Back to the studio' }).focus();
    const stops: string[] = [];
    for (let stop = 0; stop < 30; stop += 1) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent?.trim() ?? '';
      });
      stops.push(name);
      if (name.includes('goes at')) {
        break;
      }
    }
    const wanted = [
      'Undo',
      'Make it',
      'Text',
      'Format',
      'Text “hey”',
      'Play',
      'The clip begins at',
      'Moment that is shown',
      'Text “hey” comes at',
      'Text “hey” goes at',
    ];
    expect(stops.filter((name) => wanted.includes(name))).toEqual(wanted);
    expect(stops).not.toContain('');
  });

  it('does not play by itself where movement is not wanted, and does where it is', async () => {
    for (const reducedMotion of ['reduce', 'no-preference'] as const) {
      await using visit = await visits.visit('gif', { reducedMotion });
      await visit.page
        .getByRole('button', { name: reducedMotion === 'reduce' ? 'Play' : 'Pause', exact: true })
        .waitFor();
    }
  });
});
