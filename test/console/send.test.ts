import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsoleVisits, type Visit } from './console-visits.ts';
import { eventually } from './eventually.ts';
import { jpegPhoto } from './test-photos.ts';

let visits: ConsoleVisits;
beforeAll(async () => {
  visits = await ConsoleVisits.start();
});
afterAll(async () => {
  await visits[Symbol.asyncDispose]();
});

/** Fills the form of the first campaign, up to the last button. */
async function fill({ page }: Visit): Promise<void> {
  await page.locator('#photo').setInputFiles(await jpegPhoto());
  await page.getByLabel('Your name').fill('Amira');
}

const make = async ({ page }: Visit): Promise<void> =>
  await page.getByRole('button', { name: 'Make my pictures' }).click();

describe('sending a picture', () => {
  it('uploads the very bytes that were chosen, with the granted fields before them, and shows the job by its address', async () => {
    await using visit = await visits.visit('phone');
    const { api, page, complaints } = visit;
    await page.getByRole('link', { name: 'The Night Vote' }).click();
    await fill(visit);
    await page.getByLabel('Your cheer').fill('  ');
    await make(visit);
    await page.getByRole('heading', { name: 'Checking your picture' }).waitFor();
    const job = api.lastJob;
    expect(api.s3.objects.get(`uploads/${job.id}`)).toEqual((await jpegPhoto()).buffer);
    expect(api.lastRequest).toEqual({
      campaign: 'night-vote',
      contentType: 'image/jpeg',
      slots: { name: 'Amira' },
    });
    expect(new URL(page.url()).hash).toBe(`#/jobs/${job.id}`);
    expect(complaints).toEqual([]);
  });

  it('shows how much of the upload is done and can be cancelled, leaving nothing behind', async () => {
    await using visit = await visits.visit('phone', '#/campaigns/night-vote');
    const { api, page } = visit;
    await fill(visit);
    const release = api.s3.hold();
    await make(visit);
    await page.getByRole('progressbar', { name: 'Sent' }).waitFor();
    await page.getByRole('heading', { name: 'Sending your picture' }).waitFor();
    const job = api.lastJob;
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Make my pictures' }).waitFor();
    expect(api.has(job.id)).toBe(false);
    expect(await page.getByLabel('Your name').inputValue()).toBe('Amira');
    await eventually(() => page.getByRole('img', { name: 'The picture you chose' }).isVisible()).toBe(true);
    release();
  });

  it('counts down and goes on by itself when it was told to wait (429)', async () => {
    await using visit = await visits.visit('phone', '#/campaigns/night-vote');
    const { api, page } = visit;
    api.refuse('uploads', {
      status: 429,
      code: 'too-many-uploads',
      detail: 'Too many.',
      retryAfterSeconds: 4,
    });
    await fill(visit);
    await make(visit);
    await page.getByText(/Trying again in [34] s/u).waitFor();
    await page.getByText(/Trying again in [12] s/u).waitFor();
    await page.getByRole('heading', { name: 'Checking your picture' }).waitFor();
  });

  it('says so in the server’s words when the wait would be too long', async () => {
    await using visit = await visits.visit('phone', '#/campaigns/night-vote');
    const detail = 'At most 10 uploads a minute are granted; try again in 900 seconds.';
    visit.api.refuse('uploads', { status: 429, code: 'too-many-uploads', detail, retryAfterSeconds: 900 });
    await fill(visit);
    await make(visit);
    await visit.page.getByRole('alert').filter({ hasText: detail }).waitFor();
  });

  it('waits for a service that is away for a moment (503)', async () => {
    await using visit = await visits.visit('phone', '#/campaigns/night-vote');
    const { api, page } = visit;
    api.refuse(
      'uploads',
      { status: 503, code: 'temporarily-unavailable', detail: 'Away.', retryAfterSeconds: 1 },
      2,
    );
    await fill(visit);
    await make(visit);
    await page.getByText('Fanfare is very busy just now.').waitFor();
    await page.getByRole('heading', { name: 'Checking your picture' }).waitFor();
  });

  it('sends again what broke off, with the same permission', async () => {
    await using visit = await visits.visit('phone', '#/campaigns/night-vote');
    const { api, page } = visit;
    api.s3.breakOff();
    await fill(visit);
    await make(visit);
    // What the page says meanwhile is seen in the test below, where it stays: here it is gone within two seconds.
    await page.getByRole('heading', { name: 'Checking your picture' }).waitFor();
    expect(api.s3.posts).toBe(2);
    expect(api.s3.objects.size).toBe(1);
    expect(api.jobs).toBe(1);
  });

  it('goes on as soon as the network is back', async () => {
    await using visit = await visits.visit('phone', '#/campaigns/night-vote');
    const { context, page } = visit;
    await fill(visit);
    await context.setOffline(true);
    await make(visit);
    await page.getByText('There is no connection just now.').waitFor();
    await context.setOffline(false);
    await page.getByRole('heading', { name: 'Checking your picture' }).waitFor();
  });

  it('asks for a new permission once when the first has expired', async () => {
    await using visit = await visits.visit('phone', '#/campaigns/night-vote');
    const { api, page } = visit;
    api.s3.refuse(403, 'AccessDenied', 'Invalid according to Policy: Policy expired.');
    await fill(visit);
    await make(visit);
    await page.getByRole('heading', { name: 'Checking your picture' }).waitFor();
    expect(api.jobs).toBe(2);
    expect(api.s3.objects.has(`uploads/${api.lastJob.id}`)).toBe(true);
  });

  it('says so when the new permission has expired, too', async () => {
    await using visit = await visits.visit('phone', '#/campaigns/night-vote');
    visit.api.grantFor(-1000);
    await fill(visit);
    await make(visit);
    await visit.page.getByText('The permission to send this picture ran out.').waitFor();
    expect(visit.api.s3.posts).toBe(2);
  });

  it('says in words what S3 has against the upload', async () => {
    await using visit = await visits.visit('phone', '#/campaigns/night-vote');
    visit.api.s3.refuse(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
    await fill(visit);
    await make(visit);
    await visit.page.getByText('This picture is too large for this campaign.').waitFor();
  });
});

describe('the words of a campaign', () => {
  it('are counted in characters as people count them', async () => {
    await using visit = await visits.visit('phone', '#/campaigns/night-vote');
    await visit.page.getByLabel('Your name').fill('Zoë 👩‍👩‍👧');
    await visit.page.getByText('5 of 18 characters').waitFor({ state: 'attached' });
  });

  it('are asked for at their fields, the first of which has the focus', async () => {
    await using visit = await visits.visit('desk', '#/campaigns/night-vote');
    const { api, page } = visit;
    await page.locator('#photo').setInputFiles(await jpegPhoto());
    await page.getByLabel('Your cheer').fill('x'.repeat(31));
    await make(visit);
    const name = page.getByLabel('Your name');
    await page.getByText('Please fill this in.').waitFor();
    expect(await name.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    await page.getByText('That is one character too many; 30 fit.').waitFor();
    expect(api.jobs).toBe(0);
    await name.fill('A');
    await page.getByText('Please fill this in.').waitFor({ state: 'detached' });
  });

  it('show at their field what the server has against them', async () => {
    await using visit = await visits.visit('desk', '#/campaigns/night-vote');
    const { api, page } = visit;
    api.refuse('uploads', {
      status: 422,
      code: 'slots-do-not-fit',
      detail: 'Some of the words cannot be used in this campaign.',
      errors: [{ pointer: '/slots/cheer', detail: '“🦄” cannot be drawn in this campaign’s font.' }],
    });
    await fill(visit);
    await page.getByLabel('Your cheer').fill('Go 🦄');
    await make(visit);
    const cheer = page.getByLabel('Your cheer');
    await eventually(() => cheer.evaluate((field) => field === document.activeElement)).toBe(true);
    const described = (await cheer.getAttribute('aria-describedby'))?.split(' ')[0] ?? '';
    expect(await page.locator(`#${described}`).textContent()).toContain('“🦄” cannot be drawn');
    await cheer.fill('Go');
    await make(visit);
    await page.getByRole('heading', { name: 'Checking your picture' }).waitFor();
  });

  it('tell that the campaign has closed meanwhile', async () => {
    await using visit = await visits.visit('phone', '#/campaigns/night-vote');
    await fill(visit);
    visit.api.refuse('uploads', {
      status: 409,
      code: 'campaign-closed',
      detail: '“The Night Vote” has closed.',
    });
    await make(visit);
    await visit.page.getByRole('alert').filter({ hasText: '“The Night Vote” has closed.' }).waitFor();
  });
});
