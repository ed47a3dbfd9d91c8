import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { promiseDocuments } from '../../functions/promises.ts';
import { teamNames } from '../../lib/teams.ts';
import { type Stage, startStage } from '../../local/stage.ts';
import { synthesize } from '../../tools/synthesize.ts';
import { cameraJpeg } from '../fixtures/photos.ts';
import { Person } from '../local/person.ts';
import { launchChromium } from './chromium.ts';

let stage: Stage;
let browser: Browser;
beforeAll(async () => {
  [stage, browser] = await Promise.all([
    // Fifteen minutes, which a bound is looked at, pass in fifteen seconds.
    synthesize('dev').then((assembly) => startStage({ assembly, port: 0, timeScale: 60 })),
    launchChromium(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

interface DeskVisit extends AsyncDisposable {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Somebody opens the page of the services, and sees the stage's first answer. */
async function visitServices(): Promise<DeskVisit> {
  const visit = await visitStage('/#/services');
  await visit.page.getByText(/^Stage dev, read at/u).waitFor();
  return visit;
}

async function visitStage(address: string): Promise<DeskVisit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) {
      complaints.push(message.text());
    }
  });
  await page.goto(`${stage.origin}${address}`);
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

describe('the local stage', { timeout: 90_000 }, () => {
  it('serves the catalogue like the page itself: as JSON, and never from a cache without asking', async () => {
    const answer = await fetch(`${stage.origin}/promises.json`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({
      services: promiseDocuments.map(({ service }) => ({ service })),
      teams: teamNames.map((name) => ({ name })),
    });
  });

  it('shows its own alarms, and of promises only what it has evidence for', async () => {
    await using visit = await visitServices();
    const { page } = visit;
    const jobsEnd = page.getByRole('article', { name: 'Every photo that was uploaded' });
    await jobsEnd.getByText('Unknown', { exact: true }).waitFor();
    await jobsEnd.getByText('It takes at least 1 in the last 15 minutes to tell').waitFor();
    // The stage's own probe visits the site; what it finds is evidence.
    await page
      .getByRole('article', { name: 'The site answers over its public address' })
      .getByText('Kept', { exact: true })
      .waitFor();
    await page.getByRole('heading', { name: 'All that can be told is kept.' }).waitFor();
    await page.getByText('Its time passes 60 times as fast.').waitFor();
    const service = page.getByRole('region', { name: 'Personalised images' });
    const alarms = stage.alarms.all.filter(({ name }) => name.startsWith('fanfare-dev/personalise/'));
    await service.getByText(new RegExp(`^${alarms.length} alarms: `, 'u')).click();
    await service.getByText('Render queue age', { exact: false }).first().waitFor();
    expect(visit.complaints).toEqual([]);
  });

  it('shows which promise a fault breaks, who is paged, and who stands on it', async () => {
    await using visit = await visitServices();
    const { page } = visit;
    stage.faults.cacheReadings({ ThrottledCmds: 100, TotalCmdsCount: 1000 });
    await page.getByRole('heading', { name: '1 promise is broken.' }).waitFor();
    const answers = page.getByRole('article', { name: 'The cache answers the commands of services' });
    await answers.getByText('Broken', { exact: true }).waitFor();
    await answers.getByText('and everything in the cache may be gone').waitFor();
    const told = page.getByRole('region', { name: 'Alarms that are on' }).getByRole('article');
    await told.filter({ hasText: 'Page' }).filter({ hasText: 'For team platform' }).waitFor();
    await page
      .getByRole('region', { name: 'Personalised images' })
      .getByRole('listitem')
      .filter({ hasText: 'Platform: cache answers' })
      .getByText('broken', { exact: true })
      .waitFor();
    await page.getByText('Page of Platform: on after quiet').first().waitFor();
  });

  it('shows render break, and mend, on the page of deployments, without a reload', async () => {
    stage.events.put({
      'detail-type': 'CloudFormation Stack Status Change',
      source: 'aws.cloudformation',
      time: new Date().toISOString(),
      resources: [],
      detail: {
        'stack-id': `arn:aws:cloudformation:${stage.region}:000000000000:stack/fanfare-dev-personalise/1`,
        'status-details': { status: 'UPDATE_COMPLETE' },
        'client-request-token': 'operation-1',
      },
    });
    await using visit = await visitStage('/#/deployments?service=personalise');
    const { page } = visit;
    const rate = page.locator('.figure-card', { hasText: 'Change fail rate' });
    await page.locator('.stream-item', { hasText: 'Upgraded' }).waitFor();
    await rate.getByText('0 %', { exact: true }).waitFor();
    await page.evaluate(() => {
      document.body.dataset['since'] = 'before';
    });
    stage.faults.failFunction('Render');
    const photo = await cameraJpeg();
    const incident = page.locator('.stream-item', { hasText: 'Incident' }).first();
    let people = 0;
    const uploads = async (): Promise<void> => {
      people += 1;
      const somebody = new Person(stage.origin, people);
      const grant = await somebody.ask({
        campaign: 'final-vote',
        slots: { name: 'Ada Lovelace', finalist: 'Mira Holm' },
      });
      await somebody.upload(grant, Buffer.concat([photo, Buffer.from(`#${people}`)]));
    };
    // Somebody in every minute, which lasts a second here.
    await expect
      .poll(async () => uploads().then(() => incident.isVisible()), { timeout: 45_000, interval: 1000 })
      .toBe(true);
    await rate.getByText('100 %', { exact: true }).waitFor();
    stage.faults.healFunction('Render');
    await stage.faults.elapseVisibility();
    await page.locator('.stream-item', { hasText: 'Resolved' }).first().waitFor();
    await page
      .locator('.figure-card', { hasText: 'Failed deployment recovery time' })
      .getByText(/^\d+(?:\.\d)? (?:s|min)/u)
      .waitFor();
    expect(await page.evaluate(() => document.body.dataset['since'])).toBe('before');
    expect(visit.complaints).toEqual([]);
  });
});
