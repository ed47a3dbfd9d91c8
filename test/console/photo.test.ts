import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsoleVisits } from './console-visits.ts';
import { eventually } from './eventually.ts';
import { heicPhoto, jpegPhoto, textNamedJpg, type TestFile } from './test-photos.ts';

let visits: ConsoleVisits;
beforeAll(async () => {
  visits = await ConsoleVisits.start();
});
afterAll(async () => {
  await visits[Symbol.asyncDispose]();
});

const chosen = (page: Page) => page.getByRole('img', { name: 'The picture you chose' });

const naturalWidth = (page: Page): Promise<number> =>
  chosen(page).evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0));

/** Drops or pastes a file as the browser would; real drags and clipboards do not exist in a headless one. */
async function hand(page: Page, how: 'drop' | 'paste', { name, mimeType, buffer }: TestFile): Promise<void> {
  await page.evaluate(
    ({ how, name, mimeType, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], name, { type: mimeType }));
      const options = { bubbles: true, cancelable: true };
      if (how === 'drop') {
        document.body.dispatchEvent(new DragEvent('dragover', { ...options, dataTransfer: data }));
        document.body.dispatchEvent(new DragEvent('drop', { ...options, dataTransfer: data }));
      } else {
        document.body.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: data }));
      }
    },
    { how, name, mimeType, base64: buffer.toString('base64') },
  );
}

describe('choosing a picture', () => {
  it('shows it before anything is sent, with its name, size and dimensions', async () => {
    await using visit = await visits.visit('phone', '#/campaigns/night-vote');
    const { api, page } = visit;
    await page.locator('#photo').setInputFiles(await jpegPhoto());
    await page.getByText('1200 × 1600').waitFor();
    expect(await naturalWidth(page)).toBe(1200);
    await page.getByText('me.jpg').waitFor();
    expect(api.jobs).toBe(0);
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Add a picture of yourself').waitFor();
    expect(visit.complaints).toEqual([]);
  });

  it('offers a phone’s own camera', async () => {
    await using visit = await visits.visit('phone', '#/campaigns/night-vote');
    const camera = visit.page.getByLabel('Take a photo');
    expect(await camera.getAttribute('capture')).toBe('user');
    expect(await camera.getAttribute('accept')).toBe('image/jpeg,image/png,image/webp,image/avif,image/gif');
    await camera.setInputFiles(await jpegPhoto(800, 600));
    await visit.page.getByText('800 × 600').waitFor();
  });

  it.each(['drop', 'paste'] as const)('takes a picture by %s', async (how) => {
    await using visit = await visits.visit('desk', '#/campaigns/night-vote');
    await visit.page.getByText('Add a picture of yourself').waitFor();
    await hand(visit.page, how, await jpegPhoto(640, 480));
    await visit.page.getByText('640 × 480').waitFor();
    expect(await naturalWidth(visit.page)).toBe(640);
  });

  it('takes a photo with the camera of a computer and closes the camera after it', async () => {
    await using visit = await visits.visit('desk', '#/campaigns/night-vote');
    const { page } = visit;
    await page.getByRole('button', { name: 'Take a photo' }).click();
    await page.getByRole('dialog', { name: 'Take a photo' }).waitFor();
    await page.getByRole('button', { name: 'Take the photo' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('photo.jpg').waitFor();
    await eventually(() => naturalWidth(page)).toBeGreaterThan(300);
    expect(visit.complaints).toEqual([]);
  });

  it('says in words when the camera may not be used', async () => {
    await using visit = await visits.visit('desk', '#/campaigns/night-vote');
    const { page } = visit;
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException('denied', 'NotAllowedError'));
    });
    await page.getByRole('button', { name: 'Take a photo' }).click();
    await page.getByText('The camera may not be used.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(
      await page
        .getByRole('button', { name: 'Take a photo' })
        .evaluate((button) => button === document.activeElement),
    ).toBe(true);
  });

  it.each([
    ['HEIC', heicPhoto, 'is a HEIC picture, which cannot be used here'],
    ['a text named .jpg', textNamedJpg, '“notes.jpg” is not a picture that can be used here'],
    ['an empty file', { ...textNamedJpg, buffer: Buffer.alloc(0) }, '“notes.jpg” is empty'],
    [
      'an SVG drawing',
      {
        name: 'a.svg',
        mimeType: 'image/svg+xml',
        buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      },
      'is an SVG drawing',
    ],
  ])('refuses %s in words, without sending it', async (_, file, words) => {
    await using visit = await visits.visit('phone', '#/campaigns/night-vote');
    const { api, page } = visit;
    await page.locator('#photo').setInputFiles(file);
    await page.getByRole('alert').filter({ hasText: words }).waitFor();
    expect(await chosen(page).count()).toBe(0);
    expect(api.jobs).toBe(0);
  });

  it('refuses a file that is larger than the campaign takes, with both sizes', async () => {
    await using visit = await visits.visit('phone', '#/campaigns/night-vote');
    const { buffer, ...file } = await jpegPhoto();
    await visit.page
      .locator('#photo')
      .setInputFiles({ ...file, buffer: Buffer.concat([buffer, Buffer.alloc(2_400_000)]) });
    await visit.page
      .getByText('“me.jpg” is 2.4 MB large; this campaign takes pictures of up to 2 MB.')
      .waitFor();
  });

  it('refuses a picture with too few pixels', async () => {
    await using visit = await visits.visit('phone', '#/campaigns/night-vote');
    await visit.page.locator('#photo').setInputFiles(await jpegPhoto(40, 80));
    await visit.page.getByText('This picture is only 40 × 80 pixels').waitFor();
    expect(await chosen(visit.page).count()).toBe(0);
  });

  it('keeps the picture that was there when the next one cannot be used', async () => {
    await using visit = await visits.visit('phone', '#/campaigns/night-vote');
    const { page } = visit;
    await page.locator('#photo').setInputFiles(await jpegPhoto());
    await chosen(page).waitFor();
    await page.locator('#photo').setInputFiles(heicPhoto);
    await page.getByText('is a HEIC picture').waitFor();
    expect(await naturalWidth(page)).toBe(1200);
  });

  it('lets a picture be sent that this browser cannot show', async () => {
    await using visit = await visits.visit('phone', '#/campaigns/open-air');
    const { buffer, ...file } = await jpegPhoto();
    await visit.page.locator('#photo').setInputFiles({ ...file, buffer: buffer.subarray(0, 20) });
    await visit.page.getByText('This browser cannot show the picture.').waitFor();
    await visit.page.getByRole('button', { name: 'Make my pictures' }).click();
    await visit.page.getByRole('heading', { name: 'Checking your picture' }).waitFor();
  });
});
