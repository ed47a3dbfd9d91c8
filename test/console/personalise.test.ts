import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stage, startStage } from '../../local/stage.ts';
import { synthesize } from '../../tools/synthesize.ts';
import { launchChromium } from './chromium.ts';
import { eventually } from './eventually.ts';
import { jpegPhoto, textNamedJpg } from './test-photos.ts';

let stage: Stage;
let browser: Browser;
beforeAll(async () => {
  [stage, browser] = await Promise.all([
    synthesize('dev').then((assembly) => startStage({ assembly, port: 0 })),
    launchChromium(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

interface PhoneVisit extends AsyncDisposable {
  readonly page: Page;
  /** Uncaught errors, and breaches of the content security policy of the template. */
  readonly complaints: readonly string[];
}

/** Somebody opens the site on a phone. */
async function visit(fragment = ''): Promise<PhoneVisit> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) {
      complaints.push(message.text());
    }
  });
  await page.goto(`${stage.origin}/${fragment}`);
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

const sizes = (page: Page, name: RegExp): Promise<number[][]> =>
  page
    .getByRole('img', { name })
    .evaluateAll((all) =>
      all.map((each) => (each instanceof HTMLImageElement ? [each.naturalWidth, each.naturalHeight] : [])),
    );

async function fillFinalVote(
  page: Page,
  photo: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0],
): Promise<void> {
  await page.getByLabel('Your name').fill('Zoë');
  await page.getByLabel('Your finalist').fill('Noor van der Berg');
  await page.locator('#photo').setInputFiles(photo);
  await page.getByRole('img', { name: 'The picture you chose' }).waitFor();
}

const make = (page: Page): Promise<void> => page.getByRole('button', { name: 'Make my pictures' }).click();
const ready = (page: Page): Promise<void> =>
  page.getByRole('heading', { name: 'Your pictures are ready' }).waitFor();

// A first render in a new process, on a machine that runs the other tests, too, takes its time.
describe('somebody in the audience, with a phone', { timeout: 120_000 }, () => {
  it('picks a campaign, sends a photo and takes three pictures home', async () => {
    await using phone = await visit();
    const { page, complaints } = phone;
    await page.getByRole('link', { name: 'The Long Note' }).waitFor();
    await eventually(() => sizes(page, /^Example: /u).then((all) => all.flat().includes(0))).toBe(false);
    await page.getByRole('link', { name: 'The Long Note' }).click();

    await fillFinalVote(page, await jpegPhoto(3000, 4000));
    await page.getByText('3000 × 4000').waitFor();
    await make(page);
    await ready(page);

    await eventually(() => sizes(page, /^Your picture: /u)).toEqual([
      [1080, 1080],
      [1200, 630],
      [1080, 1920],
    ]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download Story' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('final-vote-story.jpg');
    const file = await sharp(await readFile(await download.path())).metadata();
    expect([file.format, file.width, file.height]).toEqual(['jpeg', 1080, 1920]);
    expect(complaints).toEqual([]);

    await page.reload();
    await ready(page);
    await eventually(() => sizes(page, /^Your picture: /u).then((all) => all.length)).toBe(3);
  });

  it('is told by the page that a text named .jpg is no picture', async () => {
    await using phone = await visit('#/campaigns/final-vote');
    await phone.page.locator('#photo').setInputFiles(textNamedJpg);
    await phone.page
      .getByRole('alert')
      .filter({
        hasText: '“notes.jpg” is not a picture that can be used here. Send JPEG, PNG, WebP, AVIF or GIF.',
      })
      .waitFor();
  });

  it('is told by the service that a photo is damaged, and sends another', async () => {
    await using phone = await visit('#/campaigns/final-vote');
    const { page } = phone;
    const whole = await jpegPhoto();
    const half = { ...whole, buffer: whole.buffer.subarray(0, whole.buffer.length / 2) };
    await fillFinalVote(page, half);
    await make(page);
    await page.getByRole('heading', { name: 'That did not work' }).waitFor();
    await page
      .getByRole('alert')
      .filter({ hasText: /damaged/iu })
      .waitFor();
    await page.getByRole('link', { name: 'Try another picture' }).click();
    expect(await page.getByLabel('Your finalist').inputValue()).toBe('Noor van der Berg');
    await page.locator('#photo').setInputFiles(whole);
    await make(page);
    await ready(page);
  });

  it('is told at the field which characters cannot be drawn', async () => {
    await using phone = await visit('#/campaigns/final-vote');
    const { page } = phone;
    await fillFinalVote(page, await jpegPhoto());
    await page.getByLabel('Your name').fill('Zoë 漢');
    await make(page);
    const name = page.getByLabel('Your name');
    await eventually(() => name.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByText('“漢” cannot be drawn in this campaign').waitFor();
  });

  it('deletes everything again', async () => {
    await using phone = await visit('#/campaigns/summer-festival');
    const { page, complaints } = phone;
    await page.locator('#photo').setInputFiles(await jpegPhoto(900, 1200));
    await page.getByRole('img', { name: 'The picture you chose' }).waitFor();
    for (const field of await page.locator('input[type=text][required]').all()) {
      await field.fill('Zoë');
    }
    await make(page);
    await ready(page);
    const picture = await page.getByRole('link', { name: 'Download' }).first().getAttribute('href');
    expect((await fetch(new URL(picture ?? '', stage.origin))).status).toBe(200);
    await page.getByRole('button', { name: 'Delete my photo and pictures' }).click();
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'DELETE'),
      page.getByRole('button', { name: 'Delete', exact: true }).click(),
    ]);
    expect(answer.status()).toBe(204);
    await page.getByRole('heading', { name: 'Everything is erased' }).waitFor();
    expect((await fetch(new URL(picture ?? '', stage.origin))).ok).toBe(false);
    await page.reload();
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    expect(complaints).toEqual([]);
  });
});
