import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type PackChainsDeps,
  packChains,
} from '../../../../../functions/deployments/domain/packs/pack-chains.ts';
import { fewestInPack, mostInPack } from '../../../../../functions/deployments/domain/packs/pack-chain.ts';
import { headOf, linkTo } from '../../../../../functions/deployments/domain/chain.ts';
import { FakeHeads } from '../../fake-heads.ts';
import { anEvent, Crash, FakeWorld } from '../../fakes.ts';

let world: FakeWorld;
let heads: FakeHeads;
beforeEach(() => {
  world = new FakeWorld();
  heads = new FakeHeads();
});

/** Appends so many events to a service's chain. */
async function grow(service: string, count: number, body = ''): Promise<void> {
  world.unsigned.add(service);
  const after = await world.archive.head(service);
  await world.archive.append(
    service,
    after,
    Array.from({ length: count }, (_, index) => ({
      ...anEvent(`${after.sequence + index + 1}`, service),
      ...(body === '' ? {} : { original: { contentType: 'text/plain', body } }),
    })),
  );
}

const pack = (more: Partial<PackChainsDeps> = {}): Promise<number> =>
  packChains({
    statements: heads.store,
    packs: world.packs,
    notes: world.packingNotes(),
    hasTime: () => true,
    ...more,
  });

const places = (service: string): [number, number][] =>
  (world.packed.get(service) ?? []).map(({ first, last }) => [first, last]);

/** Every pack has the chain's own lines of its places. */
function expectCopies(): void {
  for (const [service, packs] of world.packed) {
    for (const { first, last, lines } of packs) {
      const records = (world.chains.get(service) ?? []).slice(first - 1, last);
      expect(lines).toEqual(records.map((record) => JSON.stringify(record)));
    }
  }
}

/** Somebody writes another record over one of a chain. */
function forge(service: string, place: number): void {
  const chain = world.chains.get(service) ?? [];
  const [record] = chain.slice(place - 1);
  if (record !== undefined) {
    chain[place - 1] = { ...record, marks: ['future'] };
  }
}

describe('packing', () => {
  it('copies what is signed, and nothing behind it', async () => {
    await grow('shop', 60);
    await heads.sign(world);
    await grow('shop', 60);
    expect(await pack()).toBe(60);
    expect(places('shop')).toEqual([[1, 60]]);
    expectCopies();
  });

  it('goes on from its last pack, once there is enough for another', async () => {
    await grow('shop', fewestInPack);
    await heads.sign(world);
    await pack();
    await grow('shop', fewestInPack - 1);
    await heads.sign(world);
    expect(await pack()).toBe(0);
    await grow('shop', 1);
    await heads.sign(world);
    expect(await pack()).toBe(fewestInPack);
    expect(places('shop')).toEqual([
      [1, fewestInPack],
      [fewestInPack + 1, 2 * fewestInPack],
    ]);
    expectCopies();
  });

  it('makes packs of a thousand records, and leaves what is too little for one', async () => {
    await grow('shop', 2 * mostInPack.records + fewestInPack - 1);
    await heads.sign(world);
    expect(await pack()).toBe(2 * mostInPack.records);
    expect(places('shop')).toEqual([
      [1, 1000],
      [1001, 2000],
    ]);
  });

  it('makes packs of a mebibyte at most, and of one record that is longer', async () => {
    await grow('shop', fewestInPack, 'x'.repeat(mostInPack.characters / 4));
    await grow('shop', 1, 'x'.repeat(mostInPack.characters + 1));
    await grow('shop', 1);
    await heads.sign(world);
    await pack();
    expect(places('shop').slice(0, 2)).toEqual([
      [1, 3],
      [4, 6],
    ]);
    expect(places('shop').at(-1)).toEqual([51, 51]);
    expectCopies();
  });

  it('does nothing a second time, whether or not it knows that it did it before', async () => {
    await grow('shop', 60);
    await heads.sign(world);
    await pack();
    const before = structuredClone(world.packed);
    expect(await pack()).toBe(0);
    world.packing = undefined;
    expect(await pack()).toBe(0);
    expect(world.packed).toEqual(before);
  });

  it('ends when its time is over, and goes on next time', async () => {
    await grow('cart', 2500);
    await grow('shop', 60);
    await heads.sign(world);
    let left = 3;
    expect(await pack({ hasTime: () => (left -= 1) > 0 })).toBeLessThan(2500);
    expect(places('cart').length).toBeLessThan(3);
    expect(await pack()).toBeGreaterThan(0);
    expect(places('cart')).toEqual([
      [1, 1000],
      [1001, 2000],
      [2001, 2500],
    ]);
    expect(places('shop')).toEqual([[1, 60]]);
    expect(world.packing?.state).toEqual({ statement: 1, heads: [] });
  });

  it('fills the place of a pack that is gone', async () => {
    await grow('shop', 60);
    await heads.sign(world);
    await pack();
    await grow('shop', 60);
    await heads.sign(world);
    await pack();
    world.packed.set('shop', (world.packed.get('shop') ?? []).slice(1));
    await grow('shop', 1);
    await heads.sign(world);
    await pack();
    expect(await world.packs.end('shop')).toBe(121);
    expectCopies();
  });
});

describe('a chain that is not what was signed', () => {
  beforeEach(async () => {
    await grow('shop', 60);
    await grow('cart', 60);
  });

  it.each([
    ['a record was changed', () => forge('shop', 7), 'record 7 does not fit: its hash'],
    [
      'a record is gone',
      () => void world.chains.get('shop')?.splice(6, 1),
      'record 8 does not fit: it is number 8, where number 7 is due',
    ],
    ['its end is gone', () => void world.chains.get('shop')?.splice(58), 'the chain ends before it'],
    [
      'it was made anew',
      () => {
        const chain = world.chains.get('shop') ?? [];
        const [last] = chain.slice(-1);
        const before = chain.at(-2);
        if (last !== undefined && before !== undefined) {
          chain[59] = linkTo(headOf(before), anEvent('another'));
        }
      },
      'record 60 does not fit: another record was signed in its place',
    ],
  ])('is not packed when %s; others are, and it is told of until it is mended', async (_, harm, reason) => {
    await heads.sign(world);
    harm();
    await expect(pack()).rejects.toThrow(reason);
    expect(places('shop')).toEqual([]);
    expect(places('cart')).toEqual([[1, 60]]);
    await expect(pack()).rejects.toThrow(reason);
  });

  it('is not packed on when its last packed record is gone', async () => {
    await heads.sign(world);
    await pack();
    await grow('shop', 60);
    await heads.sign(world);
    world.chains.get('shop')?.splice(59, 1);
    await expect(pack()).rejects.toThrow('record 60 does not fit: it is not in its place');
  });
});

describe('a crash anywhere in packing, and others that pack at the same time', () => {
  it('leave packs that are copies, without a gap', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ grown: fc.integer({ min: 1, max: 150 }), crash: fc.nat(5) }), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.scheduler(),
        async (rounds, scheduler) => {
          world = new FakeWorld();
          heads = new FakeHeads();
          for (const { grown, crash } of rounds) {
            world.trip = () => undefined;
            await grow('shop', grown);
            await grow('cart', grown + 30);
            await heads.sign(world);
            let steps = crash;
            world.trip = async () => {
              await scheduler.schedule(Promise.resolve());
              steps -= 1;
              if (steps < 0) {
                throw new Crash();
              }
            };
            await scheduler.waitFor(
              Promise.allSettled([pack(), pack({ hasTime: () => (steps -= 1) > -20 })]),
            );
          }
          world.trip = () => undefined;
          await pack();
          for (const service of ['shop', 'cart']) {
            const length = world.chains.get(service)?.length ?? 0;
            expect(length - (await world.packs.end(service))).toBeLessThan(fewestInPack);
          }
          expectCopies();
        },
      ),
      { numRuns: 60 },
    );
  });
});
