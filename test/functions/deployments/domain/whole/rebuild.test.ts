import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digestProjection } from '../../../../../functions/deployments/adapters/redis-digest.ts';
import { createProjection } from '../../../../../functions/deployments/adapters/redis-projection.ts';
import { createWholeness } from '../../../../../functions/deployments/adapters/redis-wholeness.ts';
import { catchUpAll } from '../../../../../functions/deployments/domain/catch-up.ts';
import { record } from '../../../../../functions/deployments/domain/record.ts';
import { replay } from '../../../../../functions/deployments/domain/replay.ts';
import { whileWhole } from '../../../../../functions/deployments/domain/report/while-whole.ts';
import { rebuild } from '../../../../../functions/deployments/domain/whole/rebuild.ts';
import { createRecogniser } from '../../../../../functions/deployments/domain/whole/recognise-empty.ts';
import type { Wholeness } from '../../../../../functions/deployments/domain/whole/ports.ts';
import { HttpProblem } from '../../../../../functions/kernel/http-problem.ts';
import { FakeWorld } from '../../fakes.ts';
import { deployed, hours, start } from '../../histories.ts';
import { startTestRedis, type TestRedis } from '../../test-redis.ts';

let test: TestRedis;
let world: FakeWorld;
let wholeness: Wholeness;
beforeAll(async () => {
  test = await startTestRedis();
  wholeness = createWholeness(test.redis);
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await test.lose();
  world = new FakeWorld();
});

const isProduction = (environment: string): boolean => environment === 'production';
const open = () => createProjection(test.redis, isProduction, () => start);
const always = (): boolean => true;
/** Time for so many looks at the clock. */
const timeFor = (looks: number) => {
  let left = looks;
  return (): boolean => (left -= 1) >= 0;
};

const again = (hasTime = always) =>
  rebuild({ archive: world.archive, projection: open(), wholeness, hasTime });

let told = 0;
/** Records events as `record` does, over Redis. */
const tell = async (service: string, count = 1): Promise<void> => {
  const events = Array.from({ length: count }, () => {
    told += 1;
    return deployed(start + hours(told % 2000), `v${told}`, { service });
  });
  await record(
    {
      ...world.process(),
      projection: open(),
      recognise: createRecogniser(world.archive, wholeness),
      // It may be lost between two of its steps; then the service is noted as behind.
      missed: () => undefined,
    },
    service,
    events,
  );
};

/** What a replay into an empty Redis gives. */
async function digestOfReplay(): Promise<string> {
  await test.lose();
  await replay(world.archive, open(), world.chains.keys(), () => undefined);
  return digestProjection(test.client);
}

const names = Array.from({ length: 20 }, (_, index) => `service-${index}`);

describe('a projection that was lost', () => {
  it('is made again of every service, to the digest that it had', async () => {
    for (const name of names) {
      await tell(name, 3);
    }
    expect(await wholeness.read()).toMatchObject({ isWhole: true });
    const before = await digestProjection(test.client);
    await test.lose();
    expect(await wholeness.read()).toBeUndefined();
    expect(await again()).toEqual({ services: names.length, isWhole: true });
    expect(await digestProjection(test.client)).toBe(before);
    expect(await again()).toEqual({ services: 0, isWhole: true });
  });

  it('is made in pieces, each going on where the one before ended, also within a long chain', async () => {
    await tell('a long one', 950);
    for (const name of names) {
      await tell(name);
    }
    const before = await digestProjection(test.client);
    await test.lose();
    let pieces = 0;
    let services = 0;
    for (let isWhole = false; !isWhole; pieces += 1) {
      expect(pieces).toBeLessThan(30);
      const piece = await again(timeFor(9));
      ({ isWhole } = piece);
      services += piece.services;
    }
    expect(pieces).toBeGreaterThan(3);
    expect(services).toBe(names.length + 1);
    expect(await digestProjection(test.client)).toBe(before);
  });

  it('is not taken for whole when it is lost once more in the middle', async () => {
    for (const name of names) {
      await tell(name);
    }
    await test.lose();
    await again(timeFor(12));
    expect(await wholeness.read()).toMatchObject({ isWhole: false, upTo: expect.any(String) });
    let isLost = false;
    const lost = await rebuild({
      archive: world.archive,
      projection: {
        ...open(),
        head: async (service) => {
          if (!isLost) {
            isLost = true;
            await test.lose();
          }
          return open().head(service);
        },
      },
      wholeness,
      hasTime: always,
    });
    expect(lost.isWhole).toBe(false);
    expect(await wholeness.read()).toBeUndefined();
    expect(await again()).toEqual({ services: names.length, isWhole: true });
    expect(await digestProjection(test.client)).toBe(await digestOfReplay());
  });

  it('is the same however often it is lost, whoever makes it and whatever comes in meanwhile', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ tell: fc.constantFrom('a', 'b', 'c', 'd'), count: fc.nat(120) }) },
      { weight: 3, arbitrary: fc.record({ looks: fc.nat(7) }) },
      { weight: 1, arbitrary: fc.constant('lose' as const) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { maxLength: 3 }), { maxLength: 6 }), async (turns) => {
        await test.lose();
        world = new FakeWorld();
        // What is in a turn happens at the same time.
        for (const turn of turns) {
          await Promise.all(
            turn.map(async (each) => {
              if (each === 'lose') {
                await test.lose();
              } else if ('looks' in each) {
                await again(timeFor(each.looks));
              } else if (each.count > 0) {
                await tell(each.tell, each.count);
              }
            }),
          );
          const making = await wholeness.read();
          if (making?.isWhole === true) {
            for (const [name, { length }] of world.chains) {
              const head = await open().head(name);
              expect(world.behind.has(name) || head?.sequence === length).toBe(true);
            }
          }
        }
        await again();
        await catchUpAll(world.archive, open(), world.list(world.behind), always);
        expect(await wholeness.read()).toMatchObject({ isWhole: true });
        expect(await digestProjection(test.client)).toBe(await digestOfReplay());
      }),
      { numRuns: 25 },
    );
  }, 30_000);
});

describe('a report', () => {
  const ask = (report: () => Promise<string> = async () => 'an answer'): Promise<string> =>
    whileWhole(createRecogniser(world.archive, wholeness), wholeness)(report)(undefined);
  const refused = (answer: Promise<unknown>): Promise<HttpProblem> =>
    answer.then(
      () => expect.fail('it was answered'),
      (error: unknown) => {
        expect(error).toBeInstanceOf(HttpProblem);
        return error instanceof HttpProblem ? error : expect.fail();
      },
    );

  it('of an archive that has nothing is answered at once, and the first event makes it no other', async () => {
    expect(await ask()).toBe('an answer');
    await tell('shop');
    expect(await ask()).toBe('an answer');
  });

  it('is answered after the first events, though nobody asked before them', async () => {
    await Promise.all([tell('shop'), tell('cart'), tell('till')]);
    expect(await ask()).toBe('an answer');
  });

  it('is refused with 503 and Retry-After from the loss until everything is there again', async () => {
    for (const name of names) {
      await tell(name);
    }
    await test.lose();
    const { problem, headers } = await refused(ask());
    expect(problem).toMatchObject({ status: 503, type: '/problems/being-rebuilt' });
    expect(headers).toEqual({ 'retry-after': '30' });
    await again(timeFor(12));
    await refused(ask());
    await tell('service-3');
    await refused(ask());
    await again();
    expect(await ask()).toBe('an answer');
  });

  it('is refused when everything is lost while it is made, even when that was made again', async () => {
    await tell('shop');
    await refused(
      ask(async () => {
        await test.lose();
        return 'nothing';
      }),
    );
    await again();
    await refused(
      ask(async () => {
        await test.lose();
        await again();
        return 'half of it';
      }),
    );
    expect(await ask()).toBe('an answer');
  });
});
