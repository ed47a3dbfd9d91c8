import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../../functions/contracts/job.ts';
import { ConsoleVisits, type Visit } from './console-visits.ts';
import { eventually } from './eventually.ts';

let visits: ConsoleVisits;
beforeAll(async () => {
  visits = await ConsoleVisits.start();
});
afterAll(async () => {
  await visits[Symbol.asyncDispose]();
});

/** Registers a job and opens its page by its address, as a reload or a shared link does. */
async function open({ api, page }: Visit): Promise<Job> {
  const [campaign] = api.campaigns;
  if (campaign === undefined) {
    throw new Error('the fake has no campaign');
  }
  const job = api.register(campaign);
  await page.goto(`${api.url}/#/jobs/${job.id}`);
  return job;
}

describe('following a job', () => {
  it('tells every state in words, as it comes, and reads it out', async () => {
    await using visit = await visits.visit('phone');
    const { api, page } = visit;
    const job = await open(visit);
    const said = page.getByRole('status');
    await said.filter({ hasText: 'Checking your picture' }).waitFor({ state: 'attached' });
    api.move(job.id, 'accepted');
    await said.filter({ hasText: 'Next in line' }).waitFor({ state: 'attached' });
    api.move(job.id, 'rendering');
    await said.filter({ hasText: 'Making your pictures' }).waitFor({ state: 'attached' });
    expect(await page.locator('[aria-current=step]').textContent()).toBe('Make');
    api.move(job.id, 'done');
    await page.getByRole('heading', { name: 'Your pictures are ready' }).waitFor();
    expect(await page.title()).toBe('Your pictures are ready · Fanfare');
    expect(visit.complaints).toEqual([]);
  });

  it('continues after a reload', async () => {
    await using visit = await visits.visit('phone');
    const { api, page } = visit;
    const job = await open(visit);
    api.move(job.id, 'rendering');
    await page.getByRole('heading', { name: 'Making your pictures' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Making your pictures' }).waitFor();
    api.move(job.id, 'done');
    await page.getByRole('heading', { name: 'Your pictures are ready' }).waitFor();
  });

  it('asks at once, and then by long polls that grow longer', async () => {
    await using visit = await visits.visit('phone');
    const { api, page } = visit;
    const job = await open(visit);
    await page.getByRole('heading', { name: 'Checking' }).waitFor();
    await eventually(() => api.waits).toEqual([0, 2, 4, 8]);
    api.move(job.id, 'done');
    await page.getByRole('heading', { name: 'Your pictures are ready' }).waitFor();
  });

  it('says why when it failed, and goes back to the campaign', async () => {
    await using visit = await visits.visit('phone');
    const { api, page } = visit;
    const job = await open(visit);
    await page.getByRole('heading', { name: 'Checking' }).waitFor();
    const message = 'The picture is damaged or incomplete. Send the original file.';
    api.move(job.id, 'failed', { code: 'damaged-picture', message });
    await page.getByRole('alert').filter({ hasText: message }).waitFor();
    await page.getByRole('link', { name: 'Try another picture' }).click();
    await page.getByRole('heading', { name: 'The Night Vote' }).waitFor();
  });

  it('waits and counts down while the service is away, without losing the job', async () => {
    await using visit = await visits.visit('phone');
    const { api, page } = visit;
    const job = await open(visit);
    await page.getByRole('heading', { name: 'Checking' }).waitFor();
    api.refuse('job', {
      status: 503,
      code: 'temporarily-unavailable',
      detail: 'Away.',
      retryAfterSeconds: 4,
    });
    await page.getByText(/Trying again in [1-4] s/u).waitFor();
    api.move(job.id, 'done');
    await page.getByRole('heading', { name: 'Your pictures are ready' }).waitFor();
  });

  it('goes on after the network was away', async () => {
    await using visit = await visits.visit('phone');
    const { api, context, page } = visit;
    const job = await open(visit);
    await page.getByRole('heading', { name: 'Checking' }).waitFor();
    await context.setOffline(true);
    await page.getByText('There is no connection just now.').waitFor();
    api.move(job.id, 'done');
    await context.setOffline(false);
    await page.getByRole('heading', { name: 'Your pictures are ready' }).waitFor();
  });

  it('says so when the picture never arrived', async () => {
    await using visit = await visits.visit('phone');
    visit.api.grantFor(-600_000);
    await open(visit);
    await visit.page.getByRole('heading', { name: 'Your picture did not arrive' }).waitFor();
    expect(visit.api.waits).toEqual([0]);
  });

  it('says so when there is no such job', async () => {
    await using visit = await visits.visit('phone', '#/jobs/01ARZ3NDEKTSV4RRFFQ69G5FAV');
    await visit.page.getByText('There is no such job; it may have expired.').waitFor();
  });
});

describe('the finished pictures', () => {
  it('are all shown and can be downloaded under names of their own', async () => {
    await using visit = await visits.visit('desk');
    const { api, page } = visit;
    api.move((await open(visit)).id, 'done');
    const images = page.getByRole('img', { name: 'Your picture' });
    await eventually(() => images.count()).toBe(3);
    await eventually(() =>
      images.evaluateAll((all) =>
        all.map((each) => (each instanceof HTMLImageElement ? each.naturalWidth : 0)),
      ),
    ).toEqual([1080, 1200, 1080]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download Story' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('night-vote-story.jpg');
    expect((await readFile(await download.path())).subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  });

  it('have links to copy', async () => {
    await using visit = await visits.visit('desk');
    const { api, context, page } = visit;
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    api.move((await open(visit)).id, 'done');
    await page.getByRole('button', { name: 'Copy the link to Square' }).click();
    await page.getByText('Link copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      `${api.url}/results/night-vote/square.jpg`,
    );
  });

  it('are handed to other apps as files, where the browser can do that', async () => {
    await using visit = await visits.visit('phone');
    const { api, page } = visit;
    await page.addInitScript(() => {
      const shared: string[] = [];
      Object.assign(navigator, {
        canShare: () => true,
        share: async ({ files }: ShareData) => {
          shared.push(...(files ?? []).map(({ name, type, size }) => `${name} ${type} ${size > 1000}`));
        },
        shared,
      });
    });
    await page.reload();
    api.move((await open(visit)).id, 'done');
    await page.getByRole('button', { name: 'Share Square' }).click();
    await page.getByText('Shared', { exact: true }).waitFor();
    expect(await page.evaluate(() => Reflect.get(navigator, 'shared'))).toEqual([
      'night-vote-square.jpg image/jpeg true',
    ]);
  });

  it('are deleted with the photo after a question, and not before', async () => {
    await using visit = await visits.visit('phone');
    const { api, page } = visit;
    const job = await open(visit);
    api.move(job.id, 'done');
    await page.getByRole('button', { name: 'Delete my photo and pictures' }).click();
    await page.getByRole('dialog', { name: 'Delete everything?' }).waitFor();
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(api.has(job.id)).toBe(true);
    await page.getByRole('button', { name: 'Delete my photo and pictures' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('heading', { name: 'Everything is erased' }).waitFor();
    expect(api.has(job.id)).toBe(false);
    await page.getByRole('link', { name: 'Start again' }).click();
    await page.getByRole('heading', { name: 'The Night Vote' }).waitFor();
  });

  it('are not said to be deleted when that failed', async () => {
    await using visit = await visits.visit('phone');
    const { api, page } = visit;
    const job = await open(visit);
    api.move(job.id, 'done');
    api.refuse('erase', { status: 500, code: 'internal-error', detail: 'Something went wrong on our side.' });
    await page.getByRole('button', { name: 'Delete my photo and pictures' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'Something went wrong on our side.' }).waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('heading', { name: 'Everything is erased' }).waitFor();
  });
});
