import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { eventBridgeHandler } from '../kernel/event-bridge.ts';
import { logger } from '../kernel/logger.ts';
import { createSite } from './adapters/https-site.ts';
import { visitSite, type VisitSiteDeps } from './domain/visit-site.ts';
import { probeEnv } from './env.ts';

const env = parseEnvironment(probeEnv);
const deps: VisitSiteDeps = { site: createSite(), clock: systemClock };

export const handler = eventBridgeHandler(async () => {
  const milliseconds = await visitSite(deps, env.SITE_URL);
  logger.debug('the site answered', { milliseconds });
});
