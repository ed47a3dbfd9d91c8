import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import type { TestFile } from '../test-photos.ts';
import { seriousFindings } from './axe.ts';
import { clip, decodeMovie, gif, gifDelays, middleOf, photo } from './studio-files.ts';
import {
  addText,
  chooseFiles,
  chooseFormat,
  download,
  make,
  makeAndDownload,
  openPanel,
  StudioVisits,
} from './studio-visits.ts';

let visits: StudioVisits;
beforeAll(async () => {
  visits = await StudioVisits.start();
});
afterAll(async () => {
  await visits?.[Symbol.asyncDispose]();
});

/** Drops a file somewhere on the page, or pastes it. */
async function hand(page: Page, how: 'drop' | 'paste', { name, mimeType, buffer }: TestFile): Promise<void> {
  await page.getByRole('heading', { name: 'Templates' }).waitFor();
  await page.evaluate(
    ({ how, name, mimeType, bytes }) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], name, { type: mimeType }));
      document.body.dispatchEvent(
        how === 'drop'
          ? new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data })
          : new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data }),
      );
    },
    { how, name, mimeType, bytes: [...buffer] },
  );
}

/** From the gallery into the editor. */
const template = 'Before and after';

describe('what is made', { timeout: 90_000 }, () => {
  it('is a meme from a template, as the preview showed it', async () => {
    await using visit = await visits.visit('phone');
    const { page } = visit;
    await page.getByRole('searchbox', { name: 'Search templates' }).fill('before');
    await page.getByRole('button', { name: template }).click();
    await openPanel(page, 'Text');
    const texts = page.getByRole('region', { name: 'Text', exact: true }).getByRole('textbox');
    await texts.first().fill('Monday');
    await texts.last().fill('Größer 🎉');
    const { bytes, name } = await makeAndDownload(page);
    expect(name).toBe('monday-größer.png');
    const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([1200, 860]);

    const drawn = await page
      .getByRole('img', { name: 'The preview' })
      .evaluate((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL('image/png') : ''));
    const seen = await sharp(Buffer.from(drawn.slice(drawn.indexOf(',') + 1), 'base64'))
      .ensureAlpha()
      .raw()
      .toBuffer();
    const differs = (at: number): boolean =>
      [0, 1, 2].some((channel) => Math.abs((data[at + channel] ?? 0) - (seen[at + channel] ?? 255)) > 24);
    const different = Array.from({ length: 1200 * 860 }, (_, pixel) => pixel * 4).filter(differs).length;
    expect(different / (1200 * 860)).toBeLessThan(0.02);
    expect(visit.complaints).toEqual([]);
  });

  it('is a captioned GIF from a clip', async () => {
    await using visit = await visits.visit('desk');
    const { page } = visit;
    await chooseFiles(page, [await clip()]);
    await addText(page, 'It moves');
    await chooseFormat(page, 'GIF');
    const { bytes, name } = await makeAndDownload(page);
    expect(name).toBe('it-moves.gif');
    const { format, width, delay = [], pages } = await sharp(bytes, { pages: -1 }).metadata();
    expect({ format, width, pages }).toEqual({ format: 'gif', width: 160, pages: delay.length });
    expect(pages).toBeGreaterThan(20);
    expect(delay.reduce((sum, each) => sum + each, 0)).toBe(1000);
    // Each frame is of another grey, and has white letters with black outlines over it.
    const { channels } = await sharp(bytes).stats();
    expect([channels[0]?.min, channels[0]?.max].map((value) => (value ?? 0) > 127)).toEqual([false, true]);
    expect(visit.complaints).toEqual([]);
  });

  it('is an MP4 from a GIF, with every frame for as long as it was', async () => {
    await using visit = await visits.visit('desk');
    const { page } = visit;
    await hand(page, 'drop', await gif());
    await chooseFormat(page, 'MP4');
    const { bytes, name } = await makeAndDownload(page);
    expect(name).toBe('four-gif.mp4');
    const movie = await decodeMovie(bytes);
    expect(movie).toMatchObject({ contentType: 'video/mp4', width: 120, height: 90, durationMs: 600 });
    expect(movie.frames.length).toBeGreaterThanOrEqual(gifDelays.length);
    const [first, last] = [movie.frames[0], movie.frames.at(-1)];
    expect(middleOf(first ?? new Uint8Array(), 120, 90)[0]).toBeGreaterThan(180);
    expect(middleOf(last ?? new Uint8Array(), 120, 90)[1]).toBeGreaterThan(180);
    expect(visit.complaints).toEqual([]);
  });

  it('is a slideshow of several photos, in the shape of the first', async () => {
    await using visit = await visits.visit('phone');
    const { page } = visit;
    await chooseFiles(page, [
      await photo('one.jpg'),
      await photo('two.jpg', 200, 300),
      await photo('three.jpg'),
    ]);
    const { bytes } = await makeAndDownload(page);
    const movie = await decodeMovie(bytes);
    expect(movie).toMatchObject({ contentType: 'video/mp4', width: 320, height: 240, durationMs: 6000 });
    expect(visit.complaints).toEqual([]);
  });
});

describe('what it begins with', { timeout: 60_000 }, () => {
  it('is a picture that is pasted, and then what was made of it', async () => {
    await using visit = await visits.visit('desk');
    const { page } = visit;
    await hand(page, 'paste', await photo('pasted.jpg'));
    await make(page);
    await download(page);
    await page.getByText('Recipe and more').click();
    await page.getByRole('button', { name: 'Start again from it' }).click();
    await page.getByRole('img', { name: 'What you make' }).waitFor();
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
    await page.getByRole('link', { name: 'Back to the studio' }).click();
    await eventually(() => page.getByRole('button', { name: /^Discard “pasted/u }).count()).toBe(2);
    expect(visit.complaints).toEqual([]);
  });

  it('is what the camera sees, which a reload does not lose however soon it comes', async () => {
    await using visit = await visits.visit('desk');
    const { page } = visit;
    await page.getByRole('button', { name: 'Take a photo' }).click();
    await page.getByRole('button', { name: 'Take the photo' }).click();
    await page.getByRole('img', { name: 'What you make' }).waitFor();
    await page.reload();
    await page.getByRole('img', { name: 'What you make' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#/studio/edit');
    expect(visit.complaints).toEqual([]);
  });
});

describe('what is refused', { timeout: 60_000 }, () => {
  it('is said where it is mended, and made when it is', async () => {
    await using visit = await visits.visit('desk');
    const { page } = visit;
    await page.getByRole('button', { name: template }).click();
    await openPanel(page, 'Format');
    await page.getByRole('radio', { name: '1 MB', exact: true }).check();
    const most = page.getByRole('slider', { name: 'At most' });
    await page.getByRole('spinbutton', { name: 'At most' }).fill('0.05');
    await page.keyboard.press('Enter');
    await openPanel(page, 'Text');
    await visits.refuseNext(page, {
      status: 422,
      type: '/problems/too-few-bytes',
      title: 'Too few bytes',
      detail: 'The smallest that can be made of it has 91234 bytes, and maxBytes is 50000: allow more.',
      errors: [
        {
          pointer: '/recipe/output/maxBytes',
          detail: 'The smallest that can be made of it has 91234 bytes, and maxBytes is 50000: allow more.',
        },
      ],
    });
    await make(page);
    const words = 'The smallest that can be made of it has 91 kB, and you allow 50 kB.';
    await page.getByRole('region', { name: 'Format' }).getByText(words).waitFor();
    expect(await page.getByRole('alert').filter({ hasText: words }).count()).toBe(1);
    await most.fill('1');
    await eventually(() => page.getByText(words).count()).toBe(0);
    await makeAndDownload(page);
    expect(visit.complaints).toEqual([]);
  });

  it('is a file that is none, in words, before anything is sent', async () => {
    await using visit = await visits.visit('phone');
    const { page, requests } = visit;
    await chooseFiles(page, [
      { name: 'notes.mp4', mimeType: 'video/mp4', buffer: Buffer.from('Milk, bread, two lemons.\n') },
    ]);
    await page.getByRole('alert').filter({ hasText: '“notes.mp4” is not a picture or a clip' }).waitFor();
    expect(requests.filter((each) => each.startsWith('POST'))).toEqual([]);
  });

  it('is a damaged clip, at the file that it is', async () => {
    await using visit = await visits.visit('desk');
    const { page } = visit;
    const whole = await clip();
    await chooseFiles(page, [{ ...whole, buffer: whole.buffer.subarray(0, whole.buffer.length / 2) }]);
    await page.getByRole('img', { name: 'What you make' }).waitFor();
    await make(page);
    await page
      .getByRole('alert')
      .filter({ hasText: /The movie is damaged or incomplete/u })
      .waitFor();
    await page.getByRole('region', { name: 'Crop' }).getByText('The movie is damaged').waitFor();
    expect(visit.complaints).toEqual([]);
  });
});

describe('work', { timeout: 60_000 }, () => {
  it('is kept over a reload with its files, its steps to undo, and what was made of it', async () => {
    await using visit = await visits.visit('desk');
    const { page } = visit;
    await chooseFiles(page, [await photo('mine.jpg')]);
    await addText(page, 'First');
    const text = page.getByRole('textbox', { name: 'Text 1' });
    await chooseFormat(page, 'WebP');
    await openPanel(page, 'Text');
    await page.getByRole('img', { name: 'What you make' }).waitFor();
    await visits.untilKept(page, 'First');
    await page.reload();
    await openPanel(page, 'Text');
    await eventually(() => text.inputValue()).toBe('First');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await eventually(() => text.inputValue()).toBe('');
    await page.getByRole('button', { name: 'Redo' }).click();
    await page.getByRole('button', { name: 'Redo' }).click();
    const { bytes } = await makeAndDownload(page);
    expect((await sharp(bytes).metadata()).format).toBe('webp');

    await page.reload();
    const again = await download(page);
    expect(again.bytes.equals(bytes)).toBe(true);
    await page.getByRole('button', { name: 'Change it' }).click();
    await openPanel(page, 'Text');
    expect(await text.inputValue()).toBe('First');
    expect(await page.getByRole('button', { name: 'Undo' }).isEnabled()).toBe(true);

    await page.goto(`${visits.stage.origin}/#/studio`);
    await page.getByRole('button', { name: 'Discard “First”' }).click();
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await page.getByRole('button', { name: 'Discard “First”' }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { name: 'Templates' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Go on with' }).count()).toBe(0);
  });

  it('is made although the network breaks off, and what has arrived is not sent again', async () => {
    await using visit = await visits.visit('desk');
    const { page, requests } = visit;
    let broken = 0;
    await page.route(
      (url) => url.port !== new URL(visits.stage.origin).port,
      async (route) => {
        if (route.request().method() === 'POST' && (broken += 1) <= 2) {
          await route.abort('connectionreset');
        } else {
          await route.continue();
        }
      },
    );
    await chooseFiles(page, [await photo('bad-network.jpg', 330)]);
    await make(page);
    await page.getByText('There is no connection just now.').waitFor();
    const { bytes } = await download(page);
    expect((await sharp(bytes).metadata()).width).toBe(330);
    expect(broken).toBe(3);

    const granted = (): number => requests.filter((each) => each === 'POST /studio/uploads').length;
    const before = granted();
    await page.getByRole('button', { name: 'Change it' }).click();
    await addText(page, 'Once more');
    await makeAndDownload(page);
    expect(granted()).toBe(before);

    // Unless the service has it no longer: uploads are kept for a day.
    await page.getByRole('button', { name: 'Change it' }).click();
    await addText(page, 'Tomorrow');
    await visits.refuseNext(page, {
      status: 404,
      type: '/problems/unknown-upload',
      title: 'Unknown upload',
      detail: 'There is no upload 01J. Uploads are kept for a day: send the file again.',
    });
    await makeAndDownload(page);
    expect(granted()).toBe(before + 1);
  });

  it('is made again when what was made is gone', async () => {
    await using visit = await visits.visit('phone');
    const { page } = visit;
    await page.getByRole('button', { name: template }).click();
    await make(page);
    await download(page);
    await page.route('**/studio/results/**', (route) => route.fulfill({ status: 404 }));
    await page.reload();
    await page.getByRole('heading', { name: 'It is not there any more' }).waitFor();
    await page.unroute('**/studio/results/**');
    await page.getByRole('button', { name: 'Make it again' }).click();
    await download(page);
  });

  it('is erased with its files when it is cancelled while it is made', async () => {
    await using visit = await visits.visit('desk');
    const { page, requests } = visit;
    visits.stage.faults.blockQueue('MakeQueue/Queue');
    try {
      await chooseFiles(page, [await clip()]);
      await make(page);
      await page.getByText('Waiting for its turn').waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: 'Make it' }).waitFor();
      await eventually(() => requests.find((each) => each.startsWith('DELETE /studio/edits/'))).toBeDefined();
      const path = requests.find((each) => each.startsWith('DELETE'))?.slice('DELETE '.length);
      await eventually(async () => (await fetch(`${visits.stage.origin}${path}`)).status).toBe(410);
    } finally {
      visits.stage.faults.unblockQueue('MakeQueue/Queue');
    }
    await makeAndDownload(page);
    expect(requests.filter((each) => each === 'POST /studio/uploads')).toHaveLength(2);
  });
});

describe('what others write', { timeout: 60_000 }, () => {
  it('runs no script: in a text, in the name of a file, in a link', async () => {
    await using visit = await visits.visit('desk');
    const { page } = visit;
    const hostile = `"><img src=x onerror="globalThis.hacked = 1"><script>globalThis.hacked = 1</script>'; $(id)`;
    await chooseFiles(page, [await photo(`${hostile.replaceAll('/', '')}.jpg`)]);
    await addText(page, hostile);
    await makeAndDownload(page);
    await page.getByText('Recipe and more').click();
    await page.getByRole('button', { name: 'Copy as JSON' }).click();
    await page.getByText('Recipe copied').waitFor();
    const json: unknown = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    expect(json).toMatchObject({ captions: [{ text: hostile }], source: { kind: 'upload' } });
    expect(JSON.stringify(json)).not.toContain('local:');
    await page.getByRole('button', { name: 'Copy recipe link' }).click();
    await page.getByText('Link to the recipe copied').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());

    await using other = await visits.visit('phone', new URL(link).hash);
    await other.page.getByText('It is made of a file that stays with its owner.').waitFor();
    await chooseFiles(other.page, [await photo('theirs.jpg')]);
    await openPanel(other.page, 'Text');
    expect(await other.page.getByRole('textbox', { name: 'Text 1' }).inputValue()).toBe(hostile);
    await other.page.goto(`${visits.stage.origin}/#/studio`);
    await other.page.getByRole('heading', { name: 'Go on with' }).waitFor();
    for (const each of [visit, other]) {
      expect(await each.page.evaluate(() => 'hacked' in globalThis)).toBe(false);
      expect(each.complaints).toEqual([]);
    }
  });

  it('opens as it was shared, where no file is missing', async () => {
    await using visit = await visits.visit('desk');
    const { page } = visit;
    await page.getByRole('button', { name: template }).click();
    await openPanel(page, 'Text');
    await page.getByRole('region', { name: 'Text', exact: true }).getByRole('textbox').first().fill('Shared');
    await make(page);
    await download(page);
    await page.getByText('Recipe and more').click();
    await page.getByRole('button', { name: 'Copy recipe link' }).click();
    await page.getByText('Link to the recipe copied').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await using other = await visits.visit('desk', new URL(link).hash);
    await openPanel(other.page, 'Text');
    const texts = other.page.getByRole('region', { name: 'Text', exact: true }).getByRole('textbox');
    await eventually(() => texts.first().inputValue()).toBe('Shared');
    expect(new URL(other.page.url()).hash).toBe('#/studio/edit');
  });
});

describe('every page of the studio', { timeout: 60_000 }, () => {
  it.each([
    ['phone', 'dark'],
    ['desk', 'light'],
  ] as const)('can be used by everybody: on a %s, %s', async (device, colorScheme) => {
    await using visit = await visits.visit(device);
    const { page } = visit;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.getByRole('button', { name: template }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Confetti' }).click();
    for (const panel of ['Text', 'Stickers', 'Looks', 'Crop', 'Time', 'Format']) {
      await openPanel(page, panel);
      expect({ panel, found: await seriousFindings(page) }).toEqual({ panel, found: [] });
    }
    await make(page);
    await download(page);
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('is light to load: the editor comes with less than 120 kB of script', async () => {
    await using visit = await visits.visit('desk');
    const { page } = visit;
    await page.getByRole('button', { name: template }).click();
    await page.getByRole('img', { name: 'What you make' }).waitFor();
    const addresses = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    );
    const scripts = addresses.filter((each) => each.endsWith('.js'));
    const sizes = await Promise.all(
      scripts.map(async (each) => gzipSync(Buffer.from(await (await fetch(each)).arrayBuffer())).byteLength),
    );
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(120_000);
  });
});
