import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { buildConsole } from '../../tools/build-console.ts';
import { launchChromium } from './chromium.ts';
import { FakeApi } from './fake-api.ts';

/** One person's visit, with a fake world of its own. */
export interface Visit extends AsyncDisposable {
  readonly api: FakeApi;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about: uncaught errors and breaches of the content security policy. */
  readonly complaints: readonly string[];
}

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const desk = { viewport: { width: 1280, height: 900 } };

/** A browser and the built pages, for one file of tests. */
export class ConsoleVisits implements AsyncDisposable {
  readonly #browser: Browser;
  readonly #pages: string;

  private constructor(browser: Browser, pages: string) {
    this.#browser = browser;
    this.#pages = pages;
  }

  static async start(): Promise<ConsoleVisits> {
    const pages = await mkdtemp(path.join(tmpdir(), 'fanfare-console-'));
    const [browser] = await Promise.all([launchChromium(), buildConsole(pages)]);
    return new ConsoleVisits(browser, pages);
  }

  /**
   * @param fragment where the visit begins; the list of campaigns when empty
   * @param prepare what to do to the world before it begins
   */
  async visit(device: 'phone' | 'desk', fragment = '', prepare?: (api: FakeApi) => void): Promise<Visit> {
    const api = await FakeApi.start(this.#pages);
    prepare?.(api);
    const context = await this.#browser.newContext(device === 'phone' ? phone : desk);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content.Security.Policy|unsafe header/iu.test(message.text())) {
        complaints.push(message.text());
      }
    });
    await page.goto(`${api.url}/${fragment}`);
    return {
      api,
      context,
      page,
      complaints,
      async [Symbol.asyncDispose]() {
        await context.close();
        await api[Symbol.asyncDispose]();
      },
    };
  }

  /** Size of the scripts that the audience of a campaign loads, as they travel, compressed. What operators and makers of memes use comes when they go there. */
  async scriptBytes(): Promise<number> {
    const entry = await readFile(path.join(this.#pages, 'index.html'), 'utf8');
    const scripts = [...entry.matchAll(/(?:src|href)="\/(assets\/[\w-]+\.js)"/gu)].map(
      ([, name]) => name ?? '',
    );
    const files = await Promise.all(scripts.map((name) => readFile(path.join(this.#pages, name))));
    return files.reduce((sum, file) => sum + gzipSync(file).byteLength, 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    await rm(this.#pages, { recursive: true, force: true });
  }
}
