import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { type StudioIndex, studioIndexSchema } from '../../../../functions/contracts/template.ts';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { PreviewState } from '../../../../console/src/editor/preview/preview.ts';
import type { StudioLibrary } from '../../../../functions/studio/domain/edit-ports.ts';
import {
  toFontList,
  toStickerList,
  toTemplateView,
} from '../../../../functions/studio/domain/view-library.ts';
import { contentSecurityPolicy } from '../../../../lib/constructs/site-headers.ts';
import { onceBuilt } from '../../../../tools/build.ts';
import { projectFolder } from '../../../../tools/project-folder.ts';
import { launchChromium } from '../../chromium.ts';
import './page/harness.ts';

const studioFolder = path.join(projectFolder, 'build/studio');
const urlOf = (file: string): string => `/studio/library/${file}`;
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
};

/** The library as it is built, for who makes edits without a bucket. */
export async function builtLibrary(): Promise<StudioLibrary> {
  const index = await onceBuilt(async () =>
    studioIndexSchema.parse(JSON.parse(await readFile(path.join(studioFolder, 'index.json'), 'utf8'))),
  );
  return {
    index: async () => index,
    file: async (file) => await readFile(path.join(studioFolder, file)),
  };
}

export interface PaintedPreview {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** The preview alone, in a page of a real browser with the built library. */
export class PreviewVisit implements AsyncDisposable {
  readonly page: Page;
  /** What the browser complained about. */
  readonly complaints: readonly string[];
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #folder: string;

  private constructor(
    page: Page,
    complaints: readonly string[],
    browser: Browser,
    server: Server,
    folder: string,
  ) {
    this.page = page;
    this.complaints = complaints;
    this.#browser = browser;
    this.#server = server;
    this.#folder = folder;
  }

  /** @param prepare runs in the page before anything else */
  static async start(library: StudioLibrary, prepare?: () => void): Promise<PreviewVisit> {
    const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-preview-'));
    const [browser, index] = await Promise.all([
      launchChromium(),
      library.index(),
      build({
        root: fileURLToPath(new URL('page', import.meta.url)),
        configFile: false,
        logLevel: 'warn',
        build: { outDir: folder, emptyOutDir: true, minify: false },
      }),
    ]);
    const server = await serve(folder, library, index);
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content.Security.Policy/iu.test(message.text())) {
        complaints.push(message.text());
      }
    });
    if (prepare !== undefined) {
      await page.addInitScript(prepare);
    }
    const address = server.address();
    await page.goto(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`);
    await page.waitForFunction(() => 'harness' in globalThis);
    return new PreviewVisit(page, complaints, browser, server, folder);
  }

  /** Begins anew with these uploads, by the ids that recipes know them by. */
  async open(files: ReadonlyMap<string, Uint8Array>): Promise<void> {
    await this.page.evaluate(
      (contents) => globalThis.harness.open(contents),
      Object.fromEntries([...files].map(([id, bytes]) => [id, Buffer.from(bytes).toString('base64')])),
    );
  }

  async show(recipe: RecipeInput): Promise<PreviewState> {
    return await this.page.evaluate((shown) => globalThis.harness.show(shown), recipe);
  }

  /** RGBA of what is seen at a moment. */
  async paint(atMs: number): Promise<PaintedPreview> {
    const { width, height, pixels } = await this.page.evaluate((at) => globalThis.harness.paint(at), atMs);
    return { width, height, pixels: Buffer.from(pixels, 'base64') };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function serve(folder: string, library: StudioLibrary, index: StudioIndex): Promise<Server> {
  const views = JSON.stringify({
    templates: index.templates.map((template) => toTemplateView(template, urlOf)),
    fonts: toFontList(index, urlOf),
    stickers: toStickerList(index, urlOf).stickers,
  });
  const answer = async (pathname: string): Promise<Uint8Array | string> => {
    if (pathname === '/library.json') {
      return views;
    }
    if (pathname.startsWith(urlOf(''))) {
      return await library.file(pathname.slice(urlOf('').length));
    }
    return await readFile(path.join(folder, pathname === '/' ? 'index.html' : pathname));
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    answer(pathname).then(
      (body) =>
        response
          .writeHead(200, {
            'content-security-policy': contentSecurityPolicy([]),
            'content-type':
              contentTypes[pathname === '/' ? '.html' : path.extname(pathname)] ?? 'application/octet-stream',
          })
          .end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}
