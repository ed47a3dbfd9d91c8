import { afterAll, beforeAll, expect, it } from 'vitest';
import { digestProjection } from '../../../../functions/deployments/adapters/redis-digest.ts';
import { createProjection } from '../../../../functions/deployments/adapters/redis-projection.ts';
import { createWholeness } from '../../../../functions/deployments/adapters/redis-wholeness.ts';
import { verifyHeads } from '../../../../functions/deployments/domain/audit/verify-heads.ts';
import { catchUpAll } from '../../../../functions/deployments/domain/catch-up.ts';
import { packChains } from '../../../../functions/deployments/domain/packs/pack-chains.ts';
import { record } from '../../../../functions/deployments/domain/record.ts';
import { replay } from '../../../../functions/deployments/domain/replay.ts';
import { rebuild } from '../../../../functions/deployments/domain/whole/rebuild.ts';
import { createRecogniser } from '../../../../functions/deployments/domain/whole/recognise-empty.ts';
import type { Redis } from '../../../../functions/kernel/redis.ts';
import { FakeHeads } from '../fake-heads.ts';
import { Away, Crash, FakeWorld } from '../fakes.ts';
import { chained, deployed, hours, start } from '../histories.ts';
import { startTestRedis, type TestRedis } from '../test-redis.ts';
import { trippingRedis } from '../tripping-redis.ts';

let test: TestRedis;
beforeAll(async () => {
  test = await startTestRedis();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const always = (): boolean => true;
/** To die before one of these is to die before what is done next. */
const reads = new Set(['hmget', 'hget', 'hgetall']);
/** Enough for a pack, with what comes. */
const past = Array.from({ length: 49 }, (_, at) => `${at}`);
const anEvent = (service: string, id: string) =>
  deployed(start + hours(id.length === 1 ? id.charCodeAt(0) % 24 : Number(id)), `v${id}`, { service, id });

/** A stage over a real Redis, whose invocations are made again when they die, as SQS and the schedules do. */
class Stage {
  readonly world = new FakeWorld();
  readonly heads = new FakeHeads();
  readonly #redis: Redis;
  steps = 0;
  died: string | undefined;

  /** @param dieAt the step at which an invocation dies, once: a step is an effect, or a command to Redis that is one */
  constructor(dieAt: number) {
    const trip = (effect: string): void => {
      this.steps += 1;
      if (this.steps === dieAt) {
        this.died = effect;
        throw new Crash();
      }
    };
    this.world.trip = trip;
    this.heads.trip = trip;
    this.#redis = trippingRedis(test.client, (command) => {
      if (this.world.isRedisAway) {
        throw new Away();
      }
      if (!reads.has(command)) {
        trip(command);
      }
    });
  }

  async invoke(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      expect(error).toBeInstanceOf(Crash);
      await work();
    }
  }

  /** An execution environment begins anew each time. */
  record(service: 'shop' | 'cart', ...ids: readonly string[]): Promise<void> {
    const { world } = this;
    return this.invoke(() =>
      record(
        {
          ...world.process(),
          projection: this.#projection(),
          recognise: createRecogniser(world.archive, createWholeness(this.#redis)),
        },
        service,
        ids.map((id) => anEvent(service, id)),
      ),
    );
  }

  catchUp(): Promise<void> {
    const { archive, behind } = this.world;
    return this.invoke(async () => {
      const projection = this.#projection();
      const wholeness = createWholeness(this.#redis);
      await rebuild({ archive, projection, wholeness, hasTime: always });
      await catchUpAll(archive, projection, this.world.list(behind), always);
    });
  }

  signHeads(): Promise<void> {
    return this.invoke(() => this.heads.sign(this.world));
  }

  packChains(): Promise<void> {
    return this.invoke(async () => {
      // Of many chains that fail one by one, the run tells in the end.
      await packChains({
        statements: this.heads.store,
        packs: this.world.packs,
        notes: this.world.packingNotes(),
        hasTime: always,
      }).catch((error: unknown) => {
        throw error instanceof AggregateError ? error.errors[0] : error;
      });
    });
  }

  #projection() {
    return createProjection(
      this.#redis,
      (environment) => environment === 'production',
      () => start,
    );
  }
}

async function day(stage: Stage): Promise<void> {
  const { world } = stage;
  await test.lose();
  // Of a time in which nothing died.
  world.chains.set('cart', chained(past.map((id) => anEvent('cart', id))));
  await stage.record('shop', 'a', 'b');
  await stage.record('shop', 'b', 'c');
  await stage.record('cart', '49');
  world.isRedisAway = true;
  await stage.record('shop', 'c', 'd');
  world.isRedisAway = false;
  await stage.catchUp();
  await test.lose();
  await stage.record('shop', 'e');
  await stage.catchUp();
  await stage.signHeads();
  await stage.record('shop', 'f');
  await stage.record('cart', '50', '49');
  await stage.signHeads();
  await stage.packChains();
  await stage.record('shop', 'a', 'g');
  await stage.signHeads();
  await stage.catchUp();
}

/** All that is there in the end. A chain's last hash stands for every record in its place. */
async function ending({ world, heads }: Stage) {
  const { places, problem } = await verifyHeads(heads.store.read(), heads.publicKey);
  return {
    chains: [...world.chains].map(([service, chain]) => [service, chain.length, chain.at(-1)?.hash]),
    packs: [...world.packed],
    signed: [...places].map(([service, each]) => [service, Math.max(...each.keys())]),
    problem,
    behind: [...world.behind],
    unsigned: [...world.unsigned],
    isWhole: (await createWholeness(test.redis).read())?.isWhole,
    digest: await digestProjection(test.client),
    // Copies that are found by something else than their service, too.
    keys: await test.keyCount(),
  };
}

/** What a replay into an empty Redis gives. */
async function digestOfReplay({ world }: Stage): Promise<string> {
  await test.lose();
  const projection = createProjection(
    test.redis,
    (environment) => environment === 'production',
    () => start,
  );
  await replay(world.archive, projection, world.chains.keys(), () => undefined);
  return digestProjection(test.client);
}

it('a crash at any step of recording, catching up, signing and packing loses and doubles nothing', async () => {
  const unharmed = new Stage(0);
  await day(unharmed);
  const end = await ending(unharmed);
  const { chains, packed } = unharmed.world;
  const idsOf = (service: string) => chains.get(service)?.map(({ event }) => event.context.id);
  expect(idsOf('shop')).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  expect(idsOf('cart')).toEqual([...past, '49', '50']);
  expect(end).toMatchObject({
    signed: [
      ['cart', 51],
      ['shop', 7],
    ],
    problem: undefined,
    behind: [],
    unsigned: [],
    isWhole: true,
  });
  const [pack] = packed.get('cart') ?? [];
  expect(pack?.lines).toEqual(chains.get('cart')?.map((each) => JSON.stringify(each)));
  expect(await digestOfReplay(unharmed)).toBe(end.digest);

  const died = new Set<string | undefined>();
  for (let dieAt = 1; dieAt <= unharmed.steps; dieAt += 1) {
    const stage = new Stage(dieAt);
    await day(stage);
    died.add(stage.died);
    expect(await ending(stage), `it died at ${stage.died}, step ${dieAt}`).toEqual(end);
  }
  // Nothing is left out unseen: each kind of effect was one to die at.
  expect([...died]).toEqual(
    expect.arrayContaining([
      'before note',
      'after note',
      'before archive',
      'after archive',
      'before done',
      'after done',
      'before statement',
      'after statement',
      'before pack',
      'after pack',
      'before packing note',
      'after packing note',
      'evalsha',
    ]),
  );
}, 60_000);
