import { SiteBroken } from '../domain/judge-site.ts';
import type { Site } from '../domain/ports.ts';

/** Over the public network, as every visitor; nothing is taken from a cache of ours. */
export function createSite(): Site {
  return {
    get: async (address, withinMs) => {
      try {
        const answer = await fetch(address, {
          headers: { 'cache-control': 'no-cache', 'user-agent': 'fanfare-probe' },
          signal: AbortSignal.timeout(withinMs),
        });
        return {
          address,
          status: answer.status,
          contentType: answer.headers.get('content-type') ?? '',
          body: await answer.text(),
        };
      } catch (error) {
        throw new SiteBroken(`${address} ${reason(error, withinMs)}.`, { cause: error });
      }
    },
  };
}

function reason(error: unknown, withinMs: number): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return `did not answer in the ${withinMs} ms that were left`;
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return `could not be loaded: ${cause instanceof Error ? cause.message : String(cause)}`;
}
