import { createHash } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { Redis } from './redis.ts';

const minuteMs = 60_000;

/** The life is set with the first count, in one step: no counter can stay for ever. */
const countScript = `redis.call('SET', KEYS[1], 0, 'EX', 120, 'NX') return redis.call('INCR', KEYS[1])`;

/**
 * Counts in fixed minutes. Addresses are stored as hashes, for two minutes.
 * @param keyOf the service's key for one client's counter of one minute: prefixed by the service, since its user of the cache sees no other
 */
export function createRateLimiter(
  redis: Redis,
  keyOf: (client: string, minute: number) => string,
  clock: Clock,
): RateLimiter {
  return {
    take: async (client, limitPerMinute) => {
      const now = clock();
      const minute = Math.floor(now / minuteMs);
      const key = keyOf(createHash('sha256').update(client).digest('hex').slice(0, 32), minute);
      const count = await redis.use((connection) => connection.eval(countScript, 1, key));
      return Number(count) > limitPerMinute ? Math.ceil(((minute + 1) * minuteMs - now) / 1000) : undefined;
    },
  };
}
