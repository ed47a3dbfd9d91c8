import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { startStage } from '../local/stage.ts';
import { launchChromium } from '../test/console/chromium.ts';
import { projectFolder } from './project-folder.ts';
import { studioWalk } from './screenshots/studio-walk.ts';
import { synthesize } from './synthesize.ts';

const usage = `Usage:
  npm run screenshots                     shows the studio on a phone and a desk, in light and dark: build/screenshots/<scene>-<device>-<scheme>.png
  npm run screenshots -- <address>        the same of a site that runs, such as http://localhost:4000`;

const devices = {
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  desk: { viewport: { width: 1440, height: 900 } },
} as const;
const schemes = ['light', 'dark'] as const;
const folder = path.join(projectFolder, 'build/screenshots');

const mostLooks = 20;
/** Longer than the page waits before it tries something, such as the size of a file. */
const lookAgainMs = 700;

/** The page when nothing of it changes any more: small pictures are drawn one after the other. */
async function settled(page: Page): Promise<Buffer> {
  await page.waitForLoadState('networkidle');
  let last = await page.screenshot();
  for (let looks = 0; looks < mostLooks; looks += 1) {
    await pause(lookAgainMs);
    const next = await page.screenshot();
    if (next.equals(last)) {
      return next;
    }
    last = next;
  }
  return last;
}

async function shootAll(browser: Browser, site: string): Promise<void> {
  for (const [device, options] of Object.entries(devices)) {
    for (const colorScheme of schemes) {
      // Calm, so that a picture is the same every time.
      const context = await browser.newContext({ ...options, colorScheme, reducedMotion: 'reduce' });
      const page = await context.newPage();
      await studioWalk(page, site, async (scene) => {
        await writeFile(path.join(folder, `${scene}-${device}-${colorScheme}.png`), await settled(page));
      });
      await context.close();
      console.log(`${device}, ${colorScheme}`);
    }
  }
}

async function main([site, ...rest]: readonly string[]): Promise<void> {
  if (rest.length > 0 || (site !== undefined && !URL.canParse(site))) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const stage =
    site === undefined ? await startStage({ assembly: await synthesize('dev'), port: 0 }) : undefined;
  const browser = await launchChromium();
  try {
    await shootAll(browser, site?.replace(/\/$/u, '') ?? stage?.origin ?? '');
  } finally {
    await browser.close();
    await stage?.stop();
  }
  console.log(path.relative(process.cwd(), folder));
}

await main(process.argv.slice(2));
