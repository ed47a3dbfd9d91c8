import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Problem } from '../../../functions/contracts/problem.ts';
import { type Stage, startStage } from '../../../local/stage.ts';
import { synthesize } from '../../../tools/synthesize.ts';
import { launchChromium } from '../chromium.ts';
import type { TestFile } from '../test-photos.ts';

/** Somebody at the studio, in a browser profile of their own. */
export interface StudioVisit extends AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about: uncaught errors and breaches of the content security policy. */
  readonly complaints: readonly string[];
  /** What the page has asked of the API, such as `DELETE /studio/edits/…`. */
  readonly requests: readonly string[];
}

const devices = {
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  desk: { viewport: { width: 1440, height: 900 } },
} as const;

/** One stage and one browser, for all who come to the studio in a file of tests. */
export class StudioVisits implements AsyncDisposable {
  readonly stage: Stage;
  readonly #browser: Browser;

  private constructor(stage: Stage, browser: Browser) {
    this.stage = stage;
    this.#browser = browser;
  }

  static async start(): Promise<StudioVisits> {
    const [stage, browser] = await Promise.all([
      synthesize('dev').then((assembly) => startStage({ assembly, port: 0 })),
      launchChromium(),
    ]);
    return new StudioVisits(stage, browser);
  }

  async visit(device: 'phone' | 'desk', fragment = '#/studio'): Promise<StudioVisit> {
    const context = await this.#browser.newContext({
      ...devices[device],
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content.Security.Policy|unsafe header/iu.test(message.text())) {
        complaints.push(message.text());
      }
    });
    const requests: string[] = [];
    page.on('request', (request) => {
      requests.push(`${request.method()} ${new URL(request.url()).pathname}`);
    });
    await page.goto(`${this.stage.origin}/${fragment}`);
    return { context, page, complaints, requests, [Symbol.asyncDispose]: () => context.close() };
  }

  /** The next edit that is asked for is refused like this. */
  async refuseNext(page: Page, problem: Problem): Promise<void> {
    await page.route(
      '**/studio/edits',
      (route) =>
        route.fulfill({
          status: problem.status,
          contentType: 'application/problem+json',
          body: JSON.stringify(problem),
        }),
      { times: 1 },
    );
  }

  /** Waits until this browser has kept a work in which this is written. */
  async untilKept(page: Page, text: string): Promise<void> {
    await expect
      .poll(() =>
        page.evaluate(async () => {
          const opening = indexedDB.open('fanfare-studio');
          await new Promise((resolve) => opening.addEventListener('success', resolve));
          const asked = opening.result.transaction('works').objectStore('works').getAll();
          await new Promise((resolve) => asked.addEventListener('success', resolve));
          opening.result.close();
          return JSON.stringify(asked.result);
        }),
      )
      .toContain(text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    await this.stage.stop();
  }
}

/** Opens a panel of the editor, unless it is. */
export async function openPanel(page: Page, label: string): Promise<void> {
  const tab = page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: label });
  if ((await tab.getAttribute('aria-expanded')) !== 'true') {
    await tab.click();
  }
  await page.getByRole('heading', { name: label, exact: true }).waitFor();
}

/** Chooses what it is made as. */
export async function chooseFormat(page: Page, format: string): Promise<void> {
  await openPanel(page, 'Format');
  await page.getByRole('radio', { name: new RegExp(`^${format}\\b`, 'u') }).check();
}

/** Adds a text, and writes it. */
export async function addText(page: Page, text: string): Promise<void> {
  await openPanel(page, 'Text');
  await page.getByRole('button', { name: 'Add text' }).click();
  await page
    .getByRole('textbox', { name: /^Text \d+$/u })
    .last()
    .fill(text);
}

/** Asks for what is in the editor, as soon as it can be made. */
export const make = async (page: Page): Promise<void> =>
  await page.getByRole('button', { name: 'Make it' }).click();

/** Makes what is in the editor, and answers the file as it was downloaded. */
export async function makeAndDownload(
  page: Page,
): Promise<{ readonly bytes: Buffer; readonly name: string }> {
  await make(page);
  return await download(page);
}

/** The file as it is downloaded when it was made. */
export async function download(page: Page): Promise<{ readonly bytes: Buffer; readonly name: string }> {
  await page.getByRole('heading', { name: 'Here it is' }).waitFor({ timeout: 60_000 });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ]);
  return { bytes: await readFile(await download.path()), name: download.suggestedFilename() };
}

/** Chooses files on the start page, as many as there are. */
export async function chooseFiles(page: Page, files: readonly TestFile[]): Promise<void> {
  await page.getByLabel('Choose files').setInputFiles([...files]);
}
