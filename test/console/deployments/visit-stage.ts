import type { Browser, BrowserContext, Page } from 'playwright-core';

/** Somebody at a desk, before they have gone anywhere. */
export interface StageVisit extends AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about: uncaught errors and breaches of the content security policy. */
  readonly complaints: readonly string[];
}

/** @param prepare what is done to the browser before */
export type VisitStage = (prepare?: (context: BrowserContext) => Promise<unknown>) => Promise<StageVisit>;

export const visitsOf =
  (browser: () => Browser): VisitStage =>
  async (prepare) => {
    const context = await browser().newContext({ viewport: { width: 1280, height: 900 } });
    await prepare?.(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) {
        complaints.push(message.text());
      }
    });
    return { context, page, complaints, [Symbol.asyncDispose]: () => context.close() };
  };
