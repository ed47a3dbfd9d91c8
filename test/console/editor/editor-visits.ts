import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import type { RecipeInput } from '../../../functions/contracts/recipe.ts';
import { launchChromium } from '../chromium.ts';

/** Somebody at the editor. */
export interface EditorVisit extends AsyncDisposable {
  readonly page: Page;
  /** What the editor has made of the recipe so far. */
  recipe(): Promise<RecipeInput>;
  /** Uncaught errors. */
  readonly complaints: readonly string[];
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

/** The editor by itself, over a preview that plans but has no pictures, for one file of tests. */
export class EditorVisits implements AsyncDisposable {
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #folder: string;

  private constructor(browser: Browser, server: Server, folder: string) {
    this.#browser = browser;
    this.#server = server;
    this.#folder = folder;
  }

  static async start(): Promise<EditorVisits> {
    const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-editor-'));
    const root = fileURLToPath(new URL('page', import.meta.url));
    const [browser] = await Promise.all([
      launchChromium(),
      build({
        root,
        configFile: false,
        logLevel: 'warn',
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        build: { outDir: folder, emptyOutDir: true, minify: false },
      }),
    ]);
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
      const name = pathname === '/' ? 'index.html' : pathname.slice(1);
      readFile(path.join(folder, path.basename(path.dirname(name)), path.basename(name))).then(
        (body) => response.writeHead(200, { 'content-type': contentTypes[path.extname(name)] }).end(body),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new EditorVisits(browser, server, folder);
  }

  /** @param what is edited: `template`, `photo`, `gif` or `slides` */
  async visit(
    what: 'template' | 'photo' | 'gif' | 'slides',
    options: BrowserContextOptions = {},
  ): Promise<EditorVisit> {
    const context = await this.#browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('the server of the editor’s page does not listen');
    }
    await page.goto(`http://127.0.0.1:${address.port}/#${what}`);
    await page.locator('.ed-paper[data-round]:not([data-round="0"])').waitFor();
    return {
      page,
      complaints,
      recipe: async () => JSON.parse((await page.locator('html').getAttribute('data-recipe')) ?? 'null'),
      async [Symbol.asyncDispose]() {
        await context.close();
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#folder, { recursive: true, force: true });
  }
}
