import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsoleVisits } from './console-visits.ts';
import { eventually } from './eventually.ts';

let visits: ConsoleVisits;
beforeAll(async () => {
  visits = await ConsoleVisits.start();
});
afterAll(async () => {
  await visits[Symbol.asyncDispose]();
});

describe('the list of campaigns', () => {
  it('shows every open campaign with its rendered examples', async () => {
    await using visit = await visits.visit('desk');
    const { page } = visit;
    await page.getByRole('link', { name: 'Open Air' }).waitFor();
    expect(await page.getByRole('listitem').count()).toBe(2);
    const previews = page.getByRole('img', { name: /^Example: / });
    await eventually(() =>
      previews.evaluateAll((all) =>
        all.every((each) => each instanceof HTMLImageElement && each.naturalWidth > 0),
      ),
    ).toBe(true);
    expect(await previews.count()).toBe(6);
    expect(visit.complaints).toEqual([]);
  });

  it('says so when no campaign is open', async () => {
    await using visit = await visits.visit('phone', '', (api) => {
      api.campaigns = [];
    });
    await visit.page.getByText('No campaign is open just now.').waitFor();
  });

  it('waits while the service is away and comes by itself', async () => {
    await using visit = await visits.visit('phone', '', (api) => {
      const away = { status: 503, code: 'temporarily-unavailable', detail: 'Away.', retryAfterSeconds: 2 };
      api.refuse('campaigns', away);
    });
    await visit.page.getByText('Fanfare is very busy just now.').waitFor();
    await visit.page.getByRole('link', { name: 'Open Air' }).waitFor();
  });
});

describe('a campaign', () => {
  it('that cannot be opened says why', async () => {
    const detail = '“The Night Vote” opens on 1 May.';
    await using visit = await visits.visit('phone', '#/campaigns/night-vote', (api) => {
      api.refuse('campaign', { status: 409, code: 'campaign-not-open', detail });
    });
    await visit.page.getByRole('alert').filter({ hasText: detail }).waitFor();
    await visit.page.getByRole('button', { name: 'Try again' }).click();
    await visit.page.getByLabel('Your name').waitFor();
  });

  it('that asks for no words shows no empty section for them', async () => {
    await using visit = await visits.visit('phone', '#/campaigns/open-air');
    await visit.page.getByRole('heading', { name: 'Your photo' }).waitFor();
    expect(await visit.page.getByRole('heading', { name: 'Your words' }).count()).toBe(0);
  });
});

describe('every page', () => {
  it('takes the focus to its heading when it comes after another', async () => {
    await using visit = await visits.visit('desk');
    const { page } = visit;
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
    await page.getByRole('link', { name: 'Open Air' }).click();
    await eventually(focused).toBe('Open Air');
    await page.goBack();
    await eventually(focused).toBe('You, in the picture.');
    expect(await page.title()).toBe('Campaigns · Fanfare');
  });

  it('can be used with the keyboard alone', async () => {
    await using visit = await visits.visit('desk');
    const { page } = visit;
    await page.getByRole('link', { name: 'Open Air' }).waitFor();
    const order: string[] = [];
    for (let step = 0; step < 4; step += 1) {
      await page.keyboard.press('Tab');
      order.push(await page.evaluate(() => document.activeElement?.getAttribute('href') ?? ''));
    }
    expect(order).toEqual(['#/', '#/studio', '#/campaigns/night-vote', '#/campaigns/open-air']);
    await page.keyboard.press('Enter');
    const focused = page.locator('h1:focus');
    await focused.filter({ hasText: 'Open Air' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('photo');
  });

  it.each([320, 390, 768, 1280, 2000])(
    'fits a window of %i pixels without scrolling sideways',
    async (width) => {
      await using visit = await visits.visit('desk');
      const { api, page } = visit;
      await page.setViewportSize({ width, height: 800 });
      const overflow = (): Promise<number> =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await page.getByRole('link', { name: 'Open Air' }).waitFor();
      expect(await overflow()).toBe(0);
      await page.getByRole('link', { name: 'The Night Vote' }).click();
      await page.getByLabel('Your name').waitFor();
      expect(await overflow()).toBe(0);
      const [campaign] = api.campaigns;
      const job = campaign === undefined ? undefined : api.register(campaign);
      await page.goto(`${api.url}/#/jobs/${job?.id}`);
      await page.getByRole('heading', { name: 'Checking' }).waitFor();
      expect(await overflow()).toBe(0);
      api.move(job?.id ?? '', 'done');
      await page.getByRole('heading', { name: 'ready' }).waitFor();
      expect(await overflow()).toBe(0);
    },
  );

  it('holds still for people who ask for that', async () => {
    await using visit = await visits.visit('phone');
    const { api, page } = visit;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const [campaign] = api.campaigns;
    const job = campaign === undefined ? undefined : api.register(campaign);
    await page.goto(`${api.url}/#/jobs/${job?.id}`);
    await page.getByRole('heading', { name: 'Checking' }).waitFor();
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });

  it('is light to load: less than 25 kB of script', async () => {
    const bytes = await visits.scriptBytes();
    expect(bytes).toBeGreaterThan(1000);
    expect(bytes).toBeLessThan(25_000);
  });
});
