import type { Redis } from '../../kernel/redis.ts';
import type { Feed, ReportStore } from '../domain/report/ports.ts';
import { redisKeys } from './redis-keys.ts';

/** Told at once, at most. */
const most = 500;

/**
 * @param waiting a connection of its own, whose commands may block as long as a reader waits
 * @param store has the events that the feed names
 */
export function createFeed(redis: Redis, waiting: Redis, store: Pick<ReportStore, 'find'>): Feed {
  return {
    end: () =>
      redis.use(async (client) => {
        const [newest] = await client.xrevrange(redisKeys.feed, '+', '-', 'COUNT', 1);
        return newest?.[0] ?? '0-0';
      }),
    after: async (cursor, timeoutMs) => {
      const streams =
        timeoutMs > 0
          ? await waiting.use((client) =>
              client.xread('COUNT', most, 'BLOCK', timeoutMs, 'STREAMS', redisKeys.feed, cursor),
            )
          : await redis.use((client) => client.xread('COUNT', most, 'STREAMS', redisKeys.feed, cursor));
      const entries = streams?.[0]?.[1] ?? [];
      return {
        events: await store.find(entries.map(([, fields]) => namedBy(fields))),
        cursor: entries.at(-1)?.[0] ?? cursor,
      };
    },
  };
}

/** `service` and `identity`, in that order, each behind its name. */
function namedBy([, service, , identity]: readonly string[]): { service: string; identity: string } {
  if (service === undefined || identity === undefined) {
    throw new Error('an entry of the feed is not of its shape');
  }
  return { service, identity };
}
