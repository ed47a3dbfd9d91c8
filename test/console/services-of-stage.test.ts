import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { promiseDocuments } from '../../functions/promises.ts';
import { teamNames } from '../../lib/teams.ts';
import { type Stage, startStage } from '../../local/stage.ts';
import { synthesize } from '../../tools/synthesize.ts';
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

describe('the local stage', () => {
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
    await page.goto(`${stage.origin}/#/services`);
    await page.getByText(/^Stage dev, read at/u).waitFor();
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
    expect(complaints).toEqual([]);
    await context.close();
  });
});
