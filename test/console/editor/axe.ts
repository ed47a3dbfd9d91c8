import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const source = readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** What axe-core finds serious or critical on a page, in both colour schemes: rule, and the elements. */
export async function seriousFindings(page: Page): Promise<string[]> {
  const engine = await source;
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Run by the debugger, not as a script of the page: its content security policy allows no other.
    await page.evaluate(engine);
    const findings: unknown = await page.evaluate(
      `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ target, any }) => id + ' at ' + target.join(' ') + ': ' + (any[0]?.message ?? ''))))`,
    );
    found.push(
      ...(Array.isArray(findings) ? findings.map((each) => `${colorScheme}: ${each}`) : ['no answer']),
    );
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  return found;
}
