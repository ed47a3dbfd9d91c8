import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const source = readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** What axe-core finds serious or critical on a page: rule, element and why. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Run by the debugger, not as a script of the page: its content security policy allows no other.
  await page.evaluate(await source);
  const findings: unknown = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target, any }) => id + ' at ' + target.join(' ') + ': ' + (any[0]?.message ?? ''))))`,
  );
  return Array.isArray(findings) ? findings.map(String) : ['no answer'];
}
