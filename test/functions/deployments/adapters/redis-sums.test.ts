import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { redisKeys } from '../../../../functions/deployments/adapters/redis-keys.ts';
import { createProjection } from '../../../../functions/deployments/adapters/redis-projection.ts';
import { createReportStore } from '../../../../functions/deployments/adapters/redis-report-store.ts';
import { runScript } from '../../../../functions/deployments/adapters/redis-run-scripts.ts';
import { sumsScript } from '../../../../functions/deployments/adapters/redis-scripts.ts';
import {
  addDays,
  type Day,
  type DayFigures,
  dayOf,
  daysBetween,
} from '../../../../functions/deployments/domain/day-figures.ts';
import { anyHistory, chained, deployed, hours, start } from '../histories.ts';
import { startTestRedis, type TestRedis } from '../test-redis.ts';

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

const projection = () =>
  createProjection(
    test.redis,
    (environment) => environment === 'production',
    () => start,
  );
const days = daysBetween(start - hours(48), start + hours(24 * 40));

/** Lengths of time in any order are the same. */
const figuresOf = (told: readonly Day[]): DayFigures => {
  const { leadMs, recoveryMs, detectMs, restoreMs, betweenMs, ...counts } = addDays(told);
  const sorted = (all: readonly number[]): number[] => all.toSorted((a, b) => a - b);
  return {
    ...counts,
    leadMs: sorted(leadMs),
    recoveryMs: sorted(recoveryMs),
    detectMs: sorted(detectMs),
    restoreMs: sorted(restoreMs),
    betweenMs: sorted(betweenMs),
  };
};

it('the sums of all services are those of each of them, whatever was asked between their changes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(anyHistory, anyHistory),
      fc.integer({ min: 1, max: 9 }),
      async (histories, piece) => {
        await test.lose();
        const store = createReportStore(test.redis);
        const services = histories.map((_, index) => `service-${index}`);
        const chains = histories.map((history) => chained(history));
        const longest = Math.max(...chains.map(({ length }) => length));
        for (let from = 0; from < longest; from += piece) {
          for (const [index, records] of chains.entries()) {
            await projection().apply(services[index] ?? '', records.slice(from, from + piece));
            const [sums, each] = await Promise.all([store.sums(days), store.figuresOf(services, days)]);
            expect(sums.map(figuresOf)).toEqual(each.map(figuresOf));
          }
        }
      },
    ),
    { numRuns: 25 },
  );
});

it('sums that were made while the figures changed are not kept', async () => {
  const store = createReportStore(test.redis);
  const today = dayOf(start);
  const records = chained([deployed(start, 'v1'), deployed(start + hours(1), 'v2')]);
  await projection().apply('shop', records.slice(0, 1));
  const key = redisKeys.sums(today);
  const version = (await test.client.hget(key, 'version')) ?? '';
  const [before] = await store.sums([today]);
  await projection().apply('shop', records);
  // Whoever has read the figures of before is done with them only now.
  await runScript(test.client, {
    script: sumsScript,
    keys: [key],
    args: [version, JSON.stringify(before?.[0])],
  });
  expect(addDays((await store.sums([today])).flat()).deployments).toBe(2);
});

it('sums are made once, until the figures change', async () => {
  const store = createReportStore(test.redis);
  const today = dayOf(start);
  await projection().apply('shop', chained([deployed(start, 'v1')]));
  await store.sums([today]);
  // Figures that nobody wrote as they are written: sums that are kept do not look at them.
  await test.client.del(redisKeys.day(today));
  expect(addDays((await store.sums([today])).flat()).deployments).toBe(1);
});
