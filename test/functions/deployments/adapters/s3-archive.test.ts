import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArchivedEvent, DeploymentEvent } from '../../../../functions/contracts/deployment-event.ts';
import type * as ArchiveAdapter from '../../../../functions/deployments/adapters/s3-archive.ts';
import type * as ToDoAdapter from '../../../../functions/deployments/adapters/s3-to-do-list.ts';
import type * as PacksAdapter from '../../../../functions/deployments/adapters/s3-packs.ts';
import { ChainMoved, chainStart, headOf, linkTo } from '../../../../functions/deployments/domain/chain.ts';
import type { Archive } from '../../../../functions/deployments/domain/ports.ts';
import { BUCKET, CREDENTIALS, type Fixture, REGION, startFixture } from '../../../local/aws/front-fixture.ts';
import { anEvent } from '../fakes.ts';

/** A bucket that is not locked. */
const work = 'work';

let fixture: Fixture;
let archive: Archive;
let adapter: typeof ArchiveAdapter;
let toDo: typeof ToDoAdapter;
let packing: typeof PacksAdapter;

beforeAll(async () => {
  fixture = await startFixture();
  fixture.front.lock(BUCKET);
  await fixture.s3.send(new CreateBucketCommand({ Bucket: work }));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: fixture.front.endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  });
  // The SDK reads its environment when its client is made, at import.
  adapter = await import('../../../../functions/deployments/adapters/s3-archive.ts');
  toDo = await import('../../../../functions/deployments/adapters/s3-to-do-list.ts');
  packing = await import('../../../../functions/deployments/adapters/s3-packs.ts');
  archive = adapter.createArchive(BUCKET);
});
afterAll(() => fixture.stop());

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const value of values) {
    found.push(value);
  }
  return found;
}

/** What was appended to become the record. */
const toEvent = ({
  sequence: _sequence,
  previous: _previous,
  hash: _hash,
  ...event
}: ArchivedEvent): DeploymentEvent => event;

/** Records of a chain that is made up. */
function chainOf(service: string, count: number): ArchivedEvent[] {
  let head = chainStart;
  return Array.from({ length: count }, (_, index) => {
    const record = linkTo(head, anEvent(`event ${index}`, service));
    head = headOf(record);
    return record;
  });
}

describe('the archive in S3', () => {
  it('gives back what was appended, and where the chain ends', async () => {
    expect(await archive.head('shop')).toEqual(chainStart);
    const first = await archive.append('shop', chainStart, [anEvent('a'), anEvent('b')]);
    const second = await archive.append('shop', await archive.head('shop'), [anEvent('c')]);
    const records = [...first, ...second];
    expect(records.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(await all(archive.read('shop', 1))).toEqual(records);
    expect(await all(archive.read('shop', 3))).toEqual(second);
    expect(await all(archive.read('shop', 4))).toEqual([]);
    expect(await archive.head('shop')).toEqual(second.map(headOf)[0]);
  });

  it('lets one of many who append at the same place succeed', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => archive.append('race', chainStart, [anEvent(`from ${index}`)])),
    );
    const failed = tries.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(failed).toHaveLength(7);
    expect(failed.every((reason) => reason instanceof ChainMoved)).toBe(true);
    expect(await all(archive.read('race', 1))).toHaveLength(1);
  });

  it.each([1, 4, 5, 6, 11, 37])('finds the end of a chain of %i records by pages of five', async (count) => {
    const service = `long-${count}`;
    const events = chainOf(service, count).map(toEvent);
    const records = await archive.append(service, chainStart, events);
    expect(await adapter.createArchive(BUCKET, 5).head(service)).toEqual(records.slice(-1).map(headOf)[0]);
  });

  it('reads packs in place of what they cover, and what follows them one by one', async () => {
    const chain = chainOf('packed', 12);
    const pack = async (from: number, to: number): Promise<void> =>
      packing.writePack(
        BUCKET,
        'packed',
        from + 1,
        chain.slice(from, to).map((each) => JSON.stringify(each)),
      );
    await pack(0, 4);
    await pack(0, 8);
    await pack(6, 10);
    expect((await archive.head('packed')).sequence).toBe(10);
    await archive.append('packed', await archive.head('packed'), chain.slice(10).map(toEvent));
    expect(await all(archive.read('packed', 1))).toEqual(chain);
    expect(await all(archive.read('packed', 8))).toEqual(chain.slice(7));
  });

  it('knows every service that has a chain, whatever it is called', async () => {
    await archive.append('a b/ü', chainStart, [anEvent('a', 'a b/ü')]);
    const services = await all(archive.services());
    expect(services).toEqual(expect.arrayContaining(['a b/ü', 'packed', 'shop']));
    expect(new Set(services).size).toBe(services.length);
  });

  it('does not read what is no record', async () => {
    await fixture.s3.send(
      new PutObjectCommand({
        Bucket: BUCKET,
        Key: 'chains/broken/000000000001.ndjson',
        Body: '{"half": ',
        ChecksumAlgorithm: 'CRC32',
      }),
    );
    await expect(all(archive.read('broken', 1))).rejects.toThrow(
      'Line 1 of chains/broken/000000000001.ndjson is no record',
    );
  });
});

describe('a list in S3 of what is to be done', () => {
  it('has an entry when its slot is over and has settled, once for each service', async () => {
    let now = Date.parse('2026-06-01T12:01:00Z');
    const clock = (): number => now;
    const [one, other] = [0, 1].map(() => toDo.createToDoList(work, 'to-do/test/', clock));
    await one?.note('cart');
    await one?.note('cart');
    await other?.note('cart');
    await other?.note('a b/ü');
    expect(await one?.entries()).toEqual([]);
    now = Date.parse('2026-06-01T12:07:59Z');
    expect(await one?.entries()).toEqual([]);
    await one?.note('cart');
    now = Date.parse('2026-06-01T12:08:00Z');
    const entries = (await one?.entries()) ?? [];
    expect(entries.map(({ service }) => service).toSorted()).toEqual(['a b/ü', 'cart']);
    for (const entry of entries) {
      await entry.done();
    }
    expect(await one?.entries()).toEqual([]);
    // What was noted in the next slot is still to be done.
    now = Date.parse('2026-06-01T12:13:00Z');
    expect((await one?.entries())?.map(({ service }) => service)).toEqual(['cart']);
  });
});
