import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { digestProjection } from '../../../../functions/deployments/adapters/redis-digest.ts';
import { createProjection } from '../../../../functions/deployments/adapters/redis-projection.ts';
import { record } from '../../../../functions/deployments/domain/record.ts';
import { replay, type Replayed } from '../../../../functions/deployments/domain/replay.ts';
import { FakeWorld } from '../fakes.ts';
import { anyHistory, start } from '../histories.ts';
import { startTestRedis, type TestRedis } from '../test-redis.ts';

let test: TestRedis;
beforeAll(async () => {
  test = await startTestRedis();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const projection = () =>
  createProjection(
    test.redis,
    (environment) => environment === 'production',
    () => start,
  );

it('a replay of the archive gives the projection that was there, to an equal digest', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(anyHistory, anyHistory),
      fc.integer({ min: 1, max: 7 }),
      async (histories, batch) => {
        await test.lose();
        const world = new FakeWorld();
        const live = { ...world.process(), projection: projection() };
        const services = histories.map((_, index) => `service-${index}`);
        for (const [index, history] of histories.entries()) {
          const service = services[index] ?? '';
          for (let from = 0; from < history.length; from += batch) {
            const events = history
              .slice(from, from + batch)
              .map((each) => Object.assign(structuredClone(each), { service }));
            // Twice, as the queue may.
            await record(live, service, events);
            await record(live, service, events);
          }
        }
        const before = await digestProjection(test.client);
        await test.lose();
        const told: Replayed[] = [];
        const done = await replay(world.archive, projection(), services, (each) => told.push(each));
        expect(await digestProjection(test.client)).toBe(before);
        expect(done).toEqual({ services: 2, records: histories.flat().length });
        expect(told.at(-1)).toEqual(done);
        // Once more changes nothing: it goes on where the projection is.
        expect(await replay(world.archive, projection(), services, () => undefined)).toMatchObject({
          records: 0,
        });
        expect(await digestProjection(test.client)).toBe(before);
      },
    ),
    { numRuns: 100 },
  );
});
