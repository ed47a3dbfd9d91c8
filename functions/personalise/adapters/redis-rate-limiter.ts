import { createHash } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import type { Redis } from '../../kernel/redis.ts';
import type { RateLimiter } from '../domain/ports.ts';
import { redisKeys } from './redis-keys.ts';

const minuteMs = 60_000;

/** Counts in fixed minutes. Addresses are stored as hashes, for two minutes. */
export function createRateLimiter(redis: Redis, clock: Clock): RateLimiter {
  return {
    take: async (client, limitPerMinute) => {
      const now = clock();
      const minute = Math.floor(now / minuteMs);
      const key = redisKeys.rate(createHash('sha256').update(client).digest('hex').slice(0, 32), minute);
      const count = await redis.use(async (connection) => {
        // The life is set with the first count, in one command: no counter can stay for ever.
        await connection.set(key, 0, 'EX', 120, 'NX');
        return connection.incr(key);
      });
      return count > limitPerMinute ? Math.ceil(((minute + 1) * minuteMs - now) / 1000) : undefined;
    },
  };
}
