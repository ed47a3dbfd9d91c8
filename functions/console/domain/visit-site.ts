import type { Clock } from '../../kernel/clock.ts';
import { judgePage, judgeScript } from './judge-site.ts';
import type { Site } from './ports.ts';

export interface VisitSiteDeps {
  readonly site: Site;
  readonly clock: Clock;
}

/** How long the page and what it needs may take together, in milliseconds: what is promised. */
export const visitLimitMs = 5000;

/** Loads the page as a visitor does, and its script. Answers the milliseconds that it took; throws a SiteBroken when it is not as promised. */
export async function visitSite({ site, clock }: VisitSiteDeps, siteUrl: string): Promise<number> {
  const start = clock();
  const left = (): number => Math.max(1, visitLimitMs - (clock() - start));
  const script = judgePage(await site.get(new URL('/', siteUrl).href, left()));
  judgeScript(await site.get(script, left()));
  return clock() - start;
}
