import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isCatalogue } from '../../console/src/api/catalogue.ts';
import { promiseDocuments } from '../../functions/promises.ts';
import { ConsoleVisits } from './console-visits.ts';
import { eventually } from './eventually.ts';
import { fakeAlarms } from './fake-alarms.ts';

const promises = promiseDocuments.flatMap(({ promises }) => promises);

let visits: ConsoleVisits;
beforeAll(async () => {
  visits = await ConsoleVisits.start();
});
afterAll(async () => {
  await visits[Symbol.asyncDispose]();
});

const title = (page: Page, words: string): Locator => page.getByRole('heading', { level: 1, name: words });
const promise = (page: Page, statement: string): Locator => page.getByRole('article', { name: statement });
const picturesInTime = (page: Page): Locator => promise(page, 'The pictures of an accepted photo');

/** The word on each promise's stub. */
const statuses = (page: Page): Promise<string[]> => page.locator('.promise-stub').allTextContents();
const all = (status: string): string[] => promises.map(() => status);

const brokenPictures = {
  'personalise/pictures-in-time/1h-14.4x': 'ALARM',
  'personalise/pictures-in-time/5m-14.4x': 'ALARM',
  'personalise/page': 'ALARM',
} as const;

describe('promises', () => {
  it('are all unknown where no alarm has data, and nothing on the page is green', async () => {
    await using visit = await visits.visit('desk', '#/services', (api) => {
      api.alarms = fakeAlarms('INSUFFICIENT_DATA');
    });
    const { page } = visit;
    await title(page, 'Nothing can be told.').waitFor();
    await page
      .getByText(`All ${promises.length} promises are unknown: too little traffic.`, { exact: true })
      .waitFor();
    expect(await statuses(page)).toEqual(all('Unknown'));
    await picturesInTime(page).getByText('It takes at least 10 in the last 6 hours to tell').waitFor();
    expect(await page.locator('.mark-kept, .window-OK').count()).toBe(0);
    expect(visit.complaints).toEqual([]);
  });

  it('are kept with evidence: over which time, since when, and when it expires', async () => {
    await using visit = await visits.visit('desk', '#/services', (api) => {
      api.alarms = fakeAlarms('OK');
    });
    const { page } = visit;
    await title(page, 'Every promise is kept.').waitFor();
    expect(await statuses(page)).toEqual(all('Kept'));
    const card = picturesInTime(page);
    await card.getByText('95 % over 30 days').waitFor();
    await card
      .getByText(
        /^What was measured in the last 6 hours was as promised\. So it has been since .+ \(3 hours 10 minutes\)\.$/u,
      )
      .waitFor();
    await card.getByText('Conditions, evidence, and when it breaks').click();
    await card.getByText(/^It expires at \d\d:\d\d:\d\d unless the alarms are read again\.$/u).waitFor();
    await card.getByText('No more photos arrive at once').waitFor();
    await promise(page, 'Every photo that was uploaded')
      .getByText('No photos set aside over 30 days')
      .waitFor();
    expect(await page.getByRole('region', { name: 'Alarms that are on' }).count()).toBe(0);
  });

  it('of which one cannot be told are not called kept altogether', async () => {
    await using visit = await visits.visit('phone', '#/services', (api) => {
      api.alarms = fakeAlarms('OK', {
        'personalise/accepted-jobs-end': 'INSUFFICIENT_DATA',
        'foundation/alarms-reach-people/6h-6x': 'INSUFFICIENT_DATA',
      });
    });
    const { page } = visit;
    await title(page, 'All that can be told is kept.').waitFor();
    await page.getByText('2 promises are unknown: too little traffic.', { exact: true }).waitFor();
    expect((await statuses(page)).toSorted()).toEqual([...all('Kept').slice(2), 'Unknown', 'Unknown']);
  });

  it('that are broken say first who is paged, what one sees and what to do', async () => {
    await using visit = await visits.visit('phone', '#/services', (api) => {
      api.alarms = fakeAlarms('OK', { ...brokenPictures, 'personalise/render-queue-age': 'ALARM' });
    });
    const { page } = visit;
    await title(page, '1 promise is broken.').waitFor();
    const loud = page.getByRole('region', { name: 'Alarms that are on' }).getByRole('article');
    expect(await loud.count()).toBe(1);
    const told = (await loud.innerText()).replaceAll(/\s+/gu, ' ');
    expect(told).toContain('Page For team campaigns, since');
    expect(told).toContain('Personalised images: something is broken that people notice now.');
    expect(told).toContain('Pictures in time. Not kept just now: The pictures of an accepted photo');
    expect(told).toContain('Render queue age. For three minutes');
    expect(told.match(/Pictures in time\./gu)).toHaveLength(1);
    await loud.getByText('What to look at first').click();
    await loud.getByText('Is the event source of render enabled?').waitFor();

    const card = picturesInTime(page);
    await card.getByText('Broken', { exact: true }).waitFor();
    await card
      .getByText('Over the last hour and the last 5 minutes, failures came at least 14.4 times')
      .waitFor();
    await card.getByText('The job stays accepted or rendering for longer').waitFor();
    await card.getByText('Keep the job’s address and ask again').waitFor();
    const above = async (upper: Locator, lower: Locator): Promise<boolean> =>
      ((await upper.boundingBox())?.y ?? NaN) < ((await lower.boundingBox())?.y ?? NaN);
    expect(await above(loud, page.getByRole('navigation', { name: 'Services' }))).toBe(true);
  });

  it('show what stands on a broken one, with what steps in', async () => {
    await using visit = await visits.visit('desk', '#/services', (api) => {
      api.alarms = fakeAlarms('OK', {
        'foundation/cache-answers/6h-6x': 'ALARM',
        'foundation/cache-answers/30m-6x': 'ALARM',
      });
    });
    const { page } = visit;
    const service = page.getByRole('region', { name: 'Personalised images' });
    const row = service.getByRole('listitem').filter({ hasText: 'Platform: cache answers' });
    await row.getByText('broken', { exact: true }).waitFor();
    await row.getByText('a lesser answer').click();
    await row.getByText('No upload is granted, since the rate of a client is not known').waitFor();
    const alone = service.getByRole('listitem').filter({ hasText: 'Amazon API Gateway' });
    await alone.getByText('single point of failure').click();
    await alone.getByText('It runs in several zones of the region').waitFor();
  });

  it('are not broken by one window alone, which is told quietly', async () => {
    await using visit = await visits.visit('desk', '#/services', (api) => {
      api.alarms = fakeAlarms('OK', { 'personalise/pictures-in-time/5m-14.4x': 'ALARM' });
    });
    const { page } = visit;
    await title(page, 'Every promise is kept.').waitFor();
    await page.getByText('Too much goes wrong in one window').filter({ hasText: 'over 5 minutes' }).waitFor();
    expect(await page.getByRole('region', { name: 'Alarms that are on' }).count()).toBe(0);
  });

  it('belong to a team with a mission and roles, and a version', async () => {
    await using visit = await visits.visit('desk', '#/services', (api) => {
      api.alarms = fakeAlarms('OK', {}, { stage: 'staging' });
    });
    const service = visit.page.getByRole('region', { name: 'Personalised images' });
    await service.getByText('Team campaigns').waitFor();
    await service.getByText('Personalised pictures for the audience of a campaign.').waitFor();
    await service.getByText('draws campaigns and looks at every preview').waitFor();
    await service.getByText('Promises 1.0.0 since 21 November 2026.').waitFor();
    await service.getByText('fanfare-staging-campaigns').waitFor();
    await service.getByText('At most ten a minute from one address.').waitFor();
  });
});

describe('a deployment that publishes no states', () => {
  it.each([
    ['with 403 or 404', undefined],
    ['with a page', { html: '<!doctype html><title>Fanfare</title>' }],
  ])('and answers %s makes every promise unknown, and says where to look instead', async (_, alarms) => {
    await using visit = await visits.visit('desk', '#/services', (api) => {
      api.alarms = alarms;
    });
    const { page } = visit;
    await title(page, 'Nothing can be told.').waitFor();
    expect(await statuses(page)).toEqual(all('Unknown'));
    await page
      .getByText(`All ${promises.length} promises are unknown: this deployment does not publish`)
      .first()
      .waitFor();
    await picturesInTime(page)
      .getByText(
        'This deployment does not publish its alarms’ states yet; the dashboard fanfare-<stage>-campaigns in CloudWatch',
      )
      .waitFor();
    await picturesInTime(page).getByText('95 % over 30 days').waitFor();
    expect(await page.getByRole('heading', { name: 'What changed lately' }).count()).toBe(0);
  });
});

describe('the states', () => {
  it('are read again by themselves, and change what is shown where it stands', async () => {
    await using visit = await visits.visit('desk', '#/services', (api) => {
      api.alarms = fakeAlarms('OK');
    });
    const { api, page } = visit;
    await title(page, 'Every promise is kept.').waitFor();
    const card = picturesInTime(page);
    await card.getByText('Conditions, evidence, and when it breaks').click();
    await card.evaluate((element) => {
      element.dataset['same'] = 'yes';
    });
    api.alarms = fakeAlarms('OK', brokenPictures, {
      changes: ['pictures-in-time/5m-14.4x', 'page'].map((alarm) => ({
        name: `fanfare-dev/personalise/${alarm}`,
        from: 'OK',
        to: 'ALARM',
        at: new Date().toISOString(),
      })),
    });
    await title(page, '1 promise is broken.').waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: `1 promise is broken. ${promises.length - 1} are kept.` })
      .waitFor();
    expect(await card.getAttribute('data-same')).toBe('yes');
    await card.getByText('No more photos arrive at once').waitFor();
    await page.getByText('Page of Personalised images: on after quiet').first().waitFor();
    const ofWindow = page.getByText('Pictures in time, over 5 minutes of Personalised images: on');
    expect(await ofWindow.isVisible()).toBe(false);
    await page.getByText('All 2 changes').click();
    await ofWindow.waitFor();
  });

  it('that can no longer be read stay on the page, and count for two minutes', async () => {
    await using visit = await visits.visit('desk');
    const { api, page } = visit;
    await page.clock.install();
    api.alarms = fakeAlarms('OK');
    await page.goto(`${api.url}/#/services`);
    await title(page, 'Every promise is kept.').waitFor();
    api.refuse('alarms', { status: 503, code: 'away', detail: 'Away.' }, 1000);
    await page.clock.runFor(10_000);
    await page.getByText('It cannot be reached just now and is asked again').waitFor();
    expect(await statuses(page)).toEqual(all('Kept'));
    await page.clock.runFor(125_000);
    await title(page, 'Nothing can be told.').waitFor();
    expect(await statuses(page)).toEqual(all('Unknown'));
    await picturesInTime(page).getByText('too old to tell').waitFor();
  });

  it('are left alone while nobody looks', async () => {
    await using visit = await visits.visit('desk');
    const { api, page } = visit;
    await page.clock.install();
    api.alarms = fakeAlarms('OK');
    await page.goto(`${api.url}/#/services`);
    await title(page, 'Every promise is kept.').waitFor();
    const turn = (state: string): Promise<void> =>
      page.evaluate((visibility) => {
        Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await turn('hidden');
    const before = api.alarmReadings;
    await page.clock.runFor(60_000);
    expect(api.alarmReadings).toBe(before);
    await turn('visible');
    await eventually(() => api.alarmReadings).toBe(before + 1);
  });

  it('that make no sense are not guessed at', async () => {
    await using visit = await visits.visit('desk', '#/services', (api) => {
      const alarms = fakeAlarms('OK');
      Reflect.set(alarms.alarms[0] ?? {}, 'state', 'GREEN');
      api.alarms = alarms;
    });
    const { api, page } = visit;
    await page.getByRole('alert').filter({ hasText: 'could not be understood' }).waitFor();
    expect(await statuses(page)).toEqual(all('Unknown'));
    api.alarms = fakeAlarms('OK');
    await page.getByRole('button', { name: 'Try again' }).click();
    await title(page, 'Every promise is kept.').waitFor();
  });
});

describe('the page of the services', () => {
  it('is found from every page, and is no burden to who never asks for it', async () => {
    await using visit = await visits.visit('phone');
    const { page } = visit;
    await page.getByRole('link', { name: 'Open Air' }).waitFor();
    const loaded = (): Promise<string[]> =>
      page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect((await loaded()).filter((name) => /services-page|promises\.json|_stage/u.test(name))).toEqual([]);
    await page.getByRole('link', { name: 'Services and what they promise' }).click();
    await title(page, 'Nothing can be told.').waitFor();
    expect(await page.title()).toBe('Services · Fanfare');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });

  it('opens at the promise that an address names, and goes on to the next', async () => {
    await using visit = await visits.visit('phone', '#/services/personalise/pictures-in-time', (api) => {
      api.alarms = fakeAlarms('OK');
    });
    const { page } = visit;
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.id ?? '');
    await eventually(focused).toBe('promise-personalise-pictures-in-time');
    await eventually(async () => (await picturesInTime(page).boundingBox())?.y ?? NaN).toBeLessThan(60);
    await page
      .getByRole('navigation', { name: 'Services' })
      .getByRole('link', { name: /^cache answers\W+kept$/u })
      .click();
    await eventually(focused).toBe('promise-foundation-cache-answers');
    await page.goBack();
    await eventually(focused).toBe('promise-personalise-pictures-in-time');
  });

  it.each([320, 390, 768, 1280])(
    'fits a window of %i pixels without scrolling sideways, with everything unfolded',
    async (width) => {
      await using visit = await visits.visit('desk', '#/services', (api) => {
        api.alarms = fakeAlarms('OK', { ...brokenPictures, 'foundation/cache-storage': 'ALARM' });
      });
      const { page } = visit;
      await page.setViewportSize({ width, height: 800 });
      await title(page, '1 promise is broken.').waitFor();
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll('details')) {
          fold.open = true;
        }
      });
      expect(
        await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ),
      ).toBe(0);
    },
  );

  it('holds still for people who ask for that', async () => {
    await using visit = await visits.visit('phone', '', (api) => {
      api.alarms = fakeAlarms('OK', brokenPictures);
    });
    const { api, page } = visit;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`${api.url}/#/services`);
    await title(page, '1 promise is broken.').waitFor();
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });

  it('publishes no place where a team is notified', async () => {
    await using visit = await visits.visit('phone');
    const published: unknown = await (await fetch(`${visit.api.url}/promises.json`)).json();
    expect(isCatalogue(published) && published.teams.map((team) => Object.keys(team))).toEqual(
      expect.arrayContaining([['name', 'mission', 'members']]),
    );
    expect(isCatalogue(published) && published.services).toEqual(promiseDocuments);
  });
});
