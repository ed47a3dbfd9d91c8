import { createProjection } from '../../functions/deployments/adapters/redis-projection.ts';
import type { ArchivedEvent } from '../../functions/contracts/deployment-event.ts';
import { startTestRedis, type TestRedis } from '../../test/functions/deployments/test-redis.ts';
import { atLeast, type Row } from '../row.ts';
import { median } from '../statistics.ts';
import { generateRecords, serviceName } from './generate-history.ts';

const services = 200;
/** As many as an invocation takes of one group. */
const batch = 10;
const perService = 60;
const rounds = 3;
/** Batches under way at the same time, of different services. */
const atOnce = 5;

/** What `record` does with an event beyond the archive, against a bare pipeline that writes as many keys. */
export async function run(): Promise<Row[]> {
  const chains = Array.from({ length: services }, (_, index) => generateRecords(index, perService));
  const batches = Array.from({ length: perService / batch }, (_, turn) =>
    chains.map((records, index) => ({
      service: serviceName(index),
      records: records.slice(turn * batch, (turn + 1) * batch),
    })),
  ).flat();
  await using test = await startTestRedis();
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await test.lose();
    const projection = createProjection(test.redis, (environment) => environment === 'production', Date.now);
    ours.push(
      await rate(batches, async ({ service, records }) => {
        await projection.head(service);
        await projection.apply(service, records);
      }),
    );
    const keys = await test.keyCount();
    await test.lose();
    const each = Math.max(1, Math.round((keys.keys + keys.fields) / batches.length));
    bare.push(await rate(batches, ({ service }) => writePlain(test, service, each)));
  }
  return [
    atLeast(
      'record: projecting against a bare pipeline that writes as many keys',
      median(ours) / median(bare),
      0.5,
      `${Math.round(median(ours))} events/s, bare ${Math.round(median(bare))}`,
    ),
  ];
}

interface Batch {
  readonly service: string;
  readonly records: readonly ArchivedEvent[];
}

/** Events a second. */
async function rate(batches: readonly Batch[], work: (batch: Batch) => Promise<void>): Promise<number> {
  const waiting = batches.values();
  const startMs = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const each of waiting) {
        await work(each);
      }
    }),
  );
  return (batches.length * batch * 1000) / (performance.now() - startMs);
}

let written = 0;

/** Fields of one slot, each of a middling event's size, in one pipeline. */
async function writePlain({ client }: TestRedis, service: string, count: number): Promise<void> {
  const pipeline = client.pipeline();
  for (let index = 0; index < count; index += 1) {
    written += 1;
    pipeline.hset(`deployments:{${service}}:plain`, String(written), 'x'.repeat(120));
  }
  await pipeline.exec();
}
