import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../../../functions/contracts/deployment-event.ts';
import { digestProjection } from '../../../../functions/deployments/adapters/redis-digest.ts';
import { createProjection } from '../../../../functions/deployments/adapters/redis-projection.ts';
import type * as ArchiveAdapter from '../../../../functions/deployments/adapters/s3-archive.ts';
import type * as HeadsAdapter from '../../../../functions/deployments/adapters/s3-head-store.ts';
import type * as NotesAdapter from '../../../../functions/deployments/adapters/s3-packing-notes.ts';
import type * as PackStoreAdapter from '../../../../functions/deployments/adapters/s3-pack-store.ts';
import type * as PacksAdapter from '../../../../functions/deployments/adapters/s3-packs.ts';
import { signHeads } from '../../../../functions/deployments/domain/audit/sign-heads.ts';
import { chainStart } from '../../../../functions/deployments/domain/chain.ts';
import { packChains } from '../../../../functions/deployments/domain/packs/pack-chains.ts';
import { replay } from '../../../../functions/deployments/domain/replay.ts';
import { BUCKET, CREDENTIALS, type Fixture, REGION, startFixture } from '../../../local/aws/front-fixture.ts';
import { FakeHeads } from '../fake-heads.ts';
import { FakeWorld } from '../fakes.ts';
import { anyHistory, chained, deployed, hours, start } from '../histories.ts';
import { startTestRedis, type TestRedis } from '../test-redis.ts';

let fixture: Fixture;
let redis: TestRedis;
let adapters: typeof ArchiveAdapter &
  typeof HeadsAdapter &
  typeof NotesAdapter &
  typeof PackStoreAdapter &
  typeof PacksAdapter;

beforeAll(async () => {
  [fixture, redis] = await Promise.all([startFixture(), startTestRedis()]);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: fixture.front.endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  });
  // The SDK reads its environment when its client is made, at import.
  adapters = {
    ...(await import('../../../../functions/deployments/adapters/s3-archive.ts')),
    ...(await import('../../../../functions/deployments/adapters/s3-head-store.ts')),
    ...(await import('../../../../functions/deployments/adapters/s3-packing-notes.ts')),
    ...(await import('../../../../functions/deployments/adapters/s3-pack-store.ts')),
    ...(await import('../../../../functions/deployments/adapters/s3-packs.ts')),
  };
});
afterAll(async () => {
  await fixture.stop();
  await redis[Symbol.asyncDispose]();
});

async function replayed(services: readonly string[]): Promise<string> {
  await redis.lose();
  const projection = createProjection(
    redis.redis,
    (environment) => environment === 'production',
    () => start,
  );
  await replay(adapters.createArchive(BUCKET), projection, services, () => undefined);
  return digestProjection(redis.client);
}

async function keysBelow(prefix: string): Promise<string[]> {
  const { Contents = [] } = await fixture.s3.send(
    new ListObjectsV2Command({ Bucket: BUCKET, Prefix: prefix }),
  );
  return Contents.flatMap(({ Key }) => Key ?? []);
}

describe('a replay of a chain that is packed', () => {
  it('gives the digest of the records themselves, whatever packs there are', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        anyHistory,
        fc.array(fc.tuple(fc.nat(39), fc.integer({ min: 1, max: 40 })), { maxLength: 6 }),
        async (history, packs) => {
          runs += 1;
          const service = `any-${runs}`;
          const events = history.map((event): DeploymentEvent => ({ ...event, service }));
          await adapters.createArchive(BUCKET).append(service, chainStart, events);
          const before = await replayed([service]);
          const lines = chained(events).map((record) => JSON.stringify(record));
          for (const [from, length] of packs) {
            const some = lines.slice(from, from + length);
            if (some.length > 0) {
              await adapters.writePack(BUCKET, service, from + 1, some);
            }
          }
          expect(await replayed([service])).toBe(before);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('reads packs that were made in operation, each record once', async () => {
    const archive = adapters.createArchive(BUCKET);
    const world = new FakeWorld();
    const heads = new FakeHeads();
    const store = adapters.createHeadStore(BUCKET);
    const services = ['lively', 'quiet'];
    const grow = async (service: string, count: number): Promise<void> => {
      const after = await archive.head(service);
      const events = Array.from({ length: count }, (_, index) =>
        deployed(start + hours(after.sequence + index), `v${after.sequence + index}`, { service }),
      );
      await archive.append(service, after, events);
      world.unsigned.add(service);
    };
    const sign = (): Promise<number> =>
      signHeads({
        archive,
        unsigned: world.list(world.unsigned),
        signer: heads.signer,
        store,
        clock: Date.now,
      });
    const pack = (): Promise<number> =>
      packChains({
        statements: store,
        packs: adapters.createPackStore(BUCKET),
        notes: adapters.createPackingNotes(BUCKET),
        hasTime: () => true,
      });
    await grow('lively', 70);
    await grow('quiet', 3);
    await sign();
    expect(await pack()).toBe(70);
    await grow('lively', 55);
    await sign();
    await grow('lively', 4);
    await sign();
    await grow('lively', 2);
    const originals = await keysBelow('chains/lively/');
    const before = await replayed(services);
    // Two at the same time, of which one alone keeps notes, and one more that has nothing left to do.
    await Promise.all([pack(), pack()]);
    expect(await pack()).toBe(0);
    expect(await keysBelow('packs/lively/')).toEqual([
      'packs/lively/000000000001-000000000070.ndjson',
      'packs/lively/000000000071-000000000129.ndjson',
    ]);
    expect(await keysBelow('packs/quiet/')).toEqual([]);
    expect(await keysBelow('chains/lively/')).toEqual(originals);
    const { s3Reads } = fixture.front.requestCounts();
    expect(await replayed(services)).toBe(before);
    // Two packs, two records behind them, and three of the other service.
    expect(fixture.front.requestCounts().s3Reads - s3Reads).toBe(7);
  });
});
