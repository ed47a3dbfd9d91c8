import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ArchivedEvent } from '../../../../functions/contracts/deployment-event.ts';
import { catchUpAll } from '../../../../functions/deployments/domain/catch-up.ts';
import { chainStart, headOf, misfit } from '../../../../functions/deployments/domain/chain.ts';
import { record } from '../../../../functions/deployments/domain/record.ts';
import { anEvent, Crash, FakeWorld } from '../fakes.ts';

let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
});

const idsOf = (records: readonly ArchivedEvent[] | undefined): string[] =>
  (records ?? []).map(({ event }) => event.context.id);

/** The chain holds, has each event once, and the projection has what the chain has. */
function expectWhole(ids: readonly string[]): void {
  const chain = world.chains.get('shop') ?? [];
  let head = chainStart;
  for (const each of chain) {
    expect(misfit(head, each)).toBeUndefined();
    head = headOf(each);
  }
  expect(idsOf(chain).toSorted()).toEqual([...ids].toSorted());
  expect(world.projected.get('shop') ?? []).toEqual(chain);
}

describe('record', () => {
  it('archives events in their order, each behind the one before it, and projects them', async () => {
    await record(world.process(), 'shop', [anEvent('a'), anEvent('b')]);
    await record(world.process(), 'shop', [anEvent('c')]);
    expect(idsOf(world.chains.get('shop'))).toEqual(['a', 'b', 'c']);
    expectWhole(['a', 'b', 'c']);
  });

  it('takes an event once, in one batch and in later ones', async () => {
    await record(world.process(), 'shop', [anEvent('a'), anEvent('b'), anEvent('a')]);
    await record(world.process(), 'shop', [anEvent('b'), anEvent('c')]);
    expectWhole(['a', 'b', 'c']);
  });

  it('makes the projection again when it was lost, and knows what is archived', async () => {
    await record(world.process(), 'shop', [anEvent('a'), anEvent('b')]);
    world.loseProjection();
    await record(world.process(), 'shop', [anEvent('b'), anEvent('c')]);
    expectWhole(['a', 'b', 'c']);
  });

  it('notes whose head is to be signed before it archives', async () => {
    world.trip = (effect) => {
      if (effect === 'before archive') {
        expect([...world.unsigned]).toEqual(['shop']);
      }
    };
    await record(world.process(), 'shop', [anEvent('a')]);
    expect(world.chains.get('shop')).toHaveLength(1);
  });
});

describe('record without Redis', () => {
  it('archives all the same, each event once, and catches up when Redis is back', async () => {
    await record(world.process(), 'shop', [anEvent('a')]);
    world.isRedisAway = true;
    const process = world.process();
    await record(process, 'shop', [anEvent('a'), anEvent('b')]);
    await record(process, 'shop', [anEvent('b'), anEvent('c')]);
    // Another environment, which has seen nothing of it.
    await record(world.process(), 'shop', [anEvent('c'), anEvent('d')]);
    expect(idsOf(world.chains.get('shop'))).toEqual(['a', 'b', 'c', 'd']);
    expect(world.missed.length).toBeGreaterThan(0);
    world.isRedisAway = false;
    await catchUpAll(world.archive, world.projection, world.list(world.behind), () => true);
    expectWhole(['a', 'b', 'c', 'd']);
    expect(world.behind.size).toBe(0);
  });

  it('catches up by itself at the next event', async () => {
    await record(world.process(), 'shop', [anEvent('a')]);
    world.isRedisAway = true;
    await record(world.process(), 'shop', [anEvent('b')]);
    world.isRedisAway = false;
    await record(world.process(), 'shop', [anEvent('c')]);
    expectWhole(['a', 'b', 'c']);
  });

  it('loses nothing when Redis goes away in the middle', async () => {
    await record(world.process(), 'shop', [anEvent('a')]);
    world.trip = (effect) => {
      world.isRedisAway ||= effect === 'before projection';
    };
    await record(world.process(), 'shop', [anEvent('b')]);
    expect(idsOf(world.chains.get('shop'))).toEqual(['a', 'b']);
    expect([...world.behind]).toEqual(['shop']);
  });

  it('keeps who is behind on the list when it cannot catch up yet', async () => {
    world.isRedisAway = true;
    await record(world.process(), 'shop', [anEvent('a')]);
    await expect(
      catchUpAll(world.archive, world.projection, world.list(world.behind), () => true),
    ).rejects.toThrow('connection refused');
    expect([...world.behind]).toEqual(['shop']);
  });
});

describe('a crash anywhere in record', () => {
  it('loses and doubles nothing, when the events come again', async () => {
    const batches = [['a', 'b'], ['b', 'c', 'd'], ['e'], ['a', 'f']];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(24), { maxLength: 6 }),
        fc.array(fc.constantFrom('none', 'lost', 'away'), { minLength: 4, maxLength: 4 }),
        async (crashes, outages) => {
          world = new FakeWorld();
          const left = [...crashes];
          for (const [index, batch] of batches.entries()) {
            if (outages[index] === 'lost') {
              world.loseProjection();
            }
            world.isRedisAway = outages[index] === 'away';
            for (let isDone = false; !isDone;) {
              let steps = left.shift() ?? Number.POSITIVE_INFINITY;
              world.trip = () => {
                steps -= 1;
                if (steps < 0) {
                  throw new Crash();
                }
              };
              isDone = await record(
                world.process(),
                'shop',
                batch.map((id) => anEvent(id)),
              ).then(
                () => true,
                (error: unknown) => {
                  expect(error).toBeInstanceOf(Crash);
                  return false;
                },
              );
            }
          }
          world.isRedisAway = false;
          world.trip = () => undefined;
          await catchUpAll(world.archive, world.projection, world.list(world.behind), () => true);
          await record(world.process(), 'shop', [anEvent('a')]);
          expectWhole(['a', 'b', 'c', 'd', 'e', 'f']);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('two processes with the same events archive each once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        world = new FakeWorld();
        world.trip = async () => scheduler.schedule(Promise.resolve());
        const both = Promise.all([
          record(world.process(), 'shop', [anEvent('a'), anEvent('b'), anEvent('c')]),
          record(world.process(), 'shop', [anEvent('b'), anEvent('c'), anEvent('d')]),
        ]);
        await scheduler.waitFor(both);
        world.trip = () => undefined;
        await record(world.process(), 'shop', [anEvent('a')]);
        expectWhole(['a', 'b', 'c', 'd']);
      }),
      { numRuns: 200 },
    );
  });
});
