import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digestProjection } from '../../../../functions/deployments/adapters/redis-digest.ts';
import { redisKeys } from '../../../../functions/deployments/adapters/redis-keys.ts';
import { createProjection } from '../../../../functions/deployments/adapters/redis-projection.ts';
import { dayOf } from '../../../../functions/deployments/domain/day-figures.ts';
import { identityOf } from '../../../../functions/deployments/domain/identity.ts';
import type { Projection } from '../../../../functions/deployments/domain/ports.ts';
import type { Redis } from '../../../../functions/kernel/redis.ts';
import { anyHistory, chained, deployed, detected, hours, minutes, start } from '../histories.ts';
import { startTestRedis, type TestRedis } from '../test-redis.ts';
import { trippingRedis } from '../tripping-redis.ts';

let test: TestRedis;
beforeAll(async () => {
  test = await startTestRedis();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await test.lose();
});

const isProduction = (environment: string): boolean => environment === 'production';
const open = (redis: Redis = test.redis): Projection => createProjection(redis, isProduction, () => start);

/** Everything that is in Redis of a history, made in one go. */
const digestOf = async (records: ReturnType<typeof chained>): Promise<string> => {
  await test.lose();
  await open().apply('shop', records);
  return digestProjection(test.client);
};

describe('the projection in Redis', () => {
  it('knows what it took in, and how far it is', async () => {
    const projection = open();
    expect(await projection.head('shop')).toBeUndefined();
    const events = [deployed(start, 'v1'), detected(start + minutes(5), 'alarm')];
    const records = chained(events);
    await projection.apply('shop', records);
    expect(await projection.head('shop')).toEqual({ sequence: 2, hash: records[1]?.hash });
    const identities = events.map(({ event }) => identityOf(event));
    expect(await projection.look('shop', [...identities, 'somebody-else-00'])).toEqual({
      head: { sequence: 2, hash: records[1]?.hash },
      known: new Set(identities),
    });
    expect(await projection.look('nobody', identities)).toBeUndefined();
  });

  it('refuses records that do not follow, and changes nothing', async () => {
    const records = chained([deployed(start, 'v1'), deployed(start + hours(1), 'v2')]);
    await expect(open().apply('shop', records.slice(1))).rejects.toThrow('after 0 came 2');
    expect(await open().head('shop')).toBeUndefined();
  });

  it('notices that another got ahead, whatever it remembers itself', async () => {
    const records = chained([1, 2, 3, 4].map((hour) => deployed(start + hours(hour), `v${hour}`)));
    const [one, other] = [open(), open()];
    await one.apply('shop', records.slice(0, 1));
    await other.apply('shop', records.slice(0, 3));
    await one.apply('shop', records.slice(1, 2));
    await one.apply('shop', records.slice(3));
    const all = await digestProjection(test.client);
    expect(all).toBe(await digestOf(records));
  });

  it('takes back the figures of a day that has none any more, even when it died before the copies knew', async () => {
    const nextDay = start + hours(30);
    const records = chained([
      detected(nextDay, 'alarm'),
      // Noticed the day before, told later: the same incident, which is one of that day then.
      detected(start, 'alarm'),
    ]);
    await open().apply('shop', records.slice(0, 1));
    expect(await test.client.hget(redisKeys.day(dayOf(nextDay)), 'shop')).toMatch(/^1\|\[/u);
    // It reads what is there (three commands), writes its step, and dies.
    await open(dyingAfter(4)).apply('shop', records).catch(ignoreDeath);
    expect(await open().head('shop')).toMatchObject({ sequence: 2 });
    expect(await test.client.hget(redisKeys.day(dayOf(nextDay)), 'shop')).toBe('2|');
    expect(await test.client.hget(redisKeys.day(dayOf(start)), 'shop')).toMatch(/^2\|\[/u);
  });

  it('makes the copies of another that died, whoever goes on without asking how far all is', async () => {
    const records = chained([deployed(start, 'v1'), deployed(start + hours(30), 'v2')]);
    // It reads that there is nothing, writes its step, and dies.
    await open(dyingAfter(2)).apply('shop', records.slice(0, 1)).catch(ignoreDeath);
    expect(await test.client.xlen(redisKeys.feed)).toBe(0);
    await open().apply('shop', records.slice(1));
    expect(await test.client.xlen(redisKeys.feed)).toBe(2);
    const digest = await digestProjection(test.client);
    expect(digest).toBe(await digestOf(records));
  });

  it('is the same in whatever pieces, how often and after whatever crash the records come', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyHistory,
        fc.array(
          fc.record({ size: fc.integer({ min: 1, max: 9 }), crashAfter: fc.integer({ min: 0, max: 25 }) }),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
        async (events, pieces) => {
          const records = chained(events);
          const whole = await digestOf(records);
          await test.lose();
          let from = 0;
          for (let turn = 0; from < records.length; turn += 1) {
            const piece = pieces[turn % pieces.length] ?? { size: 9, crashAfter: 25 };
            const crashing = open(dyingAfter(piece.crashAfter));
            await crashing.apply('shop', records.slice(0, from + piece.size)).catch(ignoreDeath);
            // Delivered again, to another worker: it asks how far all is, and goes on from there.
            const next = open();
            const head = await next.head('shop');
            await next.apply('shop', records.slice(head?.sequence ?? 0, from + piece.size));
            from += piece.size;
          }
          expect(await digestProjection(test.client)).toBe(whole);
          expect(await test.client.xlen(redisKeys.feed)).toBe(records.length);
        },
      ),
      { numRuns: 200 },
    );
  });
});

class Death extends Error {}

function ignoreDeath(error: unknown): void {
  if (!(error instanceof Death)) {
    throw error;
  }
}

/** Redis, to a worker that dies after some commands, of a pipeline too. */
function dyingAfter(commands: number): Redis {
  let left = commands;
  return trippingRedis(test.client, () => {
    left -= 1;
    if (left < 0) {
      throw new Death();
    }
  });
}
