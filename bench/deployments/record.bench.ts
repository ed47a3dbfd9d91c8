import { createProjection } from '../../functions/deployments/adapters/redis-projection.ts';
import type { DeploymentEvent } from '../../functions/contracts/deployment-event.ts';
import { ArchiveIndex } from '../../functions/deployments/domain/archive-index.ts';
import { chainStart, headOf, linkTo } from '../../functions/deployments/domain/chain.ts';
import type { Archive } from '../../functions/deployments/domain/ports.ts';
import { record } from '../../functions/deployments/domain/record.ts';
import { startTestRedis, type TestRedis } from '../../test/functions/deployments/test-redis.ts';
import { atLeast, type Row } from '../row.ts';
import { median } from '../statistics.ts';
import { generateEvents, historyStart, serviceName } from './generate-history.ts';

const services = 200;
/** As many as an invocation takes of one group. */
const batch = 10;
const perService = 60;
/** The first one warms up. */
const rounds = 6;
/** Batches under way at the same time, of different services. */
const atOnce = 5;
/** What an HSET is around its value, on its way to Redis. */
const commandBytes = 95;

interface Batch {
  readonly service: string;
  readonly events: readonly DeploymentEvent[];
}

/** What was done in a round: events a second, and microseconds of this process and of Redis for an event. */
interface Round {
  readonly rate: number;
  readonly processorUs: number;
}

/** What `record` does, but for the archive, which is a list here: against a bare pipeline a batch that writes as many keys of as many bytes. */
export async function run(): Promise<Row[]> {
  const histories = Array.from({ length: services }, (_, index) => generateEvents(index, perService));
  const batches = Array.from({ length: perService / batch }, (_, turn) =>
    histories.map((events, index) => ({
      service: serviceName(index),
      events: events.slice(turn * batch, (turn + 1) * batch),
    })),
  ).flat();
  await using test = await startTestRedis();
  const ours: Round[] = [];
  const bare: Round[] = [];
  let each = 0;
  let bytes = 0;
  for (let round = 0; round < rounds; round += 1) {
    await test.lose();
    const before = await written(test);
    ours.push(await measured(test, batches, recorder(test)));
    const after = await written(test);
    each = Math.round((after.keys - before.keys) / batches.length);
    bytes = Math.round((after.bytes - before.bytes) / (after.keys - before.keys)) - commandBytes;
    await test.lose();
    bare.push(await measured(test, batches, ({ service }) => writePlain(test, service, each, bytes)));
  }
  const middle = (all: readonly Round[], what: keyof Round): number =>
    median(all.slice(1).map((round) => round[what]));
  return [
    atLeast(
      'record: domain and projection against a bare pipeline that writes as many keys',
      middle(ours, 'rate') / middle(bare, 'rate'),
      0.5,
      `${Math.round(middle(ours, 'rate'))} events/s, bare ${Math.round(middle(bare, 'rate'))}; ${each} keys of ${bytes} bytes for ${batch} events`,
    ),
    {
      measure: '  processor time of an event, Redis’ with it',
      figure: `${middle(ours, 'processorUs').toFixed(0)} µs, bare ${middle(bare, 'processorUs').toFixed(0)} µs`,
    },
  ];
}

/** `record` as its function calls it, of a fresh execution environment. */
function recorder({ redis }: TestRedis): (batch: Batch) => Promise<void> {
  const archive = createListArchive();
  const nobody = { note: async () => undefined, entries: async () => [] };
  const deps = {
    archive,
    // As live events are: all of them are news.
    projection: createProjection(
      redis,
      (environment) => environment === 'production',
      () => historyStart,
    ),
    index: new ArchiveIndex(archive),
    unsigned: nobody,
    behind: nobody,
    recognise: async () => undefined,
    missed: (_: string, error: unknown) => {
      throw error;
    },
  };
  return ({ service, events }) => record(deps, service, events);
}

/** Chains that nobody reads: it links, and keeps where each ends. */
function createListArchive(): Archive {
  return {
    head: async () => chainStart,
    append: async (service, after, events) => {
      let head = after;
      return events.map((event) => {
        const linked = linkTo(head, event);
        head = headOf(linked);

        return linked;
      });
    },
    read: async function* () {},
    services: async function* () {},
  };
}

async function measured(
  { client }: TestRedis,
  batches: readonly Batch[],
  work: (batch: Batch) => Promise<void>,
): Promise<Round> {
  const waiting = batches.values();
  const redisBefore = await redisSeconds(client);
  const before = process.cpuUsage();
  const startMs = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const each of waiting) {
        await work(each);
      }
    }),
  );
  const ms = performance.now() - startMs;
  const { user, system } = process.cpuUsage(before);
  const redisUs = ((await redisSeconds(client)) - redisBefore) * 1e6;
  const events = batches.length * batch;
  return { rate: (events * 1000) / ms, processorUs: (user + system + redisUs) / events };
}

type Client = TestRedis['client'];

const redisSeconds = async (client: Client): Promise<number> => {
  const told = await client.info('cpu');
  return ['user', 'sys'].reduce(
    (sum, kind) => sum + Number(new RegExp(`used_cpu_${kind}:([\\d.]+)`, 'u').exec(told)?.[1]),
    0,
  );
};

/** How often Redis has written a field, a member, an entry or a key's fields together, and the bytes that it was sent. */
async function written({ client }: TestRedis): Promise<{ keys: number; bytes: number }> {
  const commands = await client.info('commandstats');
  const calls = ['hset', 'hincrby', 'hdel', 'zadd', 'sadd', 'xadd'].map((name) =>
    Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`, 'u').exec(commands)?.[1] ?? 0),
  );
  const stats = await client.info('stats');
  return {
    keys: calls.reduce((sum, count) => sum + count, 0),
    bytes: Number(/total_net_input_bytes:(\d+)/u.exec(stats)?.[1]),
  };
}

let number = 0;

/** Fields of one slot in one pipeline. */
async function writePlain(
  { client }: TestRedis,
  service: string,
  count: number,
  bytes: number,
): Promise<void> {
  const pipeline = client.pipeline();
  for (let index = 0; index < count; index += 1) {
    number += 1;
    pipeline.hset(`deployments:{${service}}:plain`, String(number), 'x'.repeat(bytes));
  }
  await pipeline.exec();
}
