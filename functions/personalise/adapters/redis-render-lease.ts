import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { logger } from '../../kernel/logger.ts';
import type { Meter } from '../../kernel/meter.ts';
import { type Redis, RedisUnavailable } from '../../kernel/redis.ts';
import type { RenderLease } from '../domain/ports.ts';
import { personaliseMetrics } from '../metrics.ts';
import { redisKeys } from './redis-keys.ts';

/** How often a waiter looks again, in milliseconds: short against a render. */
const lookAgainMs = 50;

/** How long a lease outlives its holder's last sign of life, in milliseconds: so long is a killed one waited for. */
const lifeMs = 5000;

/** Lengthens the lease only while it is still this holder's. */
const renewScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`;

/** Deletes the lease only when it is still this holder's. */
const releaseScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/**
 * A short lease that its holder renews while it works.
 * @param waitMs how long a waiter waits before it gives up and lets its message be delivered again
 */
export function createRenderLease(redis: Redis, waitMs: number, meter: Meter): RenderLease {
  const take = async (key: string, token: string): Promise<boolean> => {
    try {
      return await redis.use(async (client) => {
        const taken = await client.set(key, token, 'PX', lifeMs, 'NX');
        // A repeated command finds its own token.
        return taken !== null || (await client.get(key)) === token;
      });
    } catch (error) {
      if (!(error instanceof RedisUnavailable)) {
        throw error;
      }
      // Two may then make the same picture: wasted work, the same result.
      meter.count(personaliseMetrics.leaseMissed);
      logger.warn('Redis is away; rendering without a lease', { error });
      return true;
    }
  };

  /** For what may fail without harm: the lease then ends by itself. */
  const script = async (lua: string, key: string, ...args: (string | number)[]): Promise<void> => {
    try {
      await redis.use((client) => client.eval(lua, 1, key, ...args));
    } catch (error) {
      logger.warn('the lease ends by itself', { error });
    }
  };

  return {
    withLease: async (pictureKey, work) => {
      const key = redisKeys.lease(pictureKey);
      const token = randomUUID();
      const deadline = Date.now() + waitMs;
      while (!(await take(key, token))) {
        if (Date.now() > deadline) {
          throw new Error(`The lease of picture ${pictureKey} was not had in ${waitMs} ms`);
        }
        await pause(lookAgainMs);
      }
      const heartbeat = setInterval(() => void script(renewScript, key, token, lifeMs), lifeMs / 3);
      try {
        return await work();
      } finally {
        clearInterval(heartbeat);
        await script(releaseScript, key, token);
      }
    },
  };
}
