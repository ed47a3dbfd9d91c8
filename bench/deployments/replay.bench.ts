import { createProjection } from '../../functions/deployments/adapters/redis-projection.ts';
import { createReportStore } from '../../functions/deployments/adapters/redis-report-store.ts';
import { redisKeys } from '../../functions/deployments/adapters/redis-keys.ts';
import { daysBetween } from '../../functions/deployments/domain/day-figures.ts';
import { replay } from '../../functions/deployments/domain/replay.ts';
import { metricsReport } from '../../functions/deployments/domain/report/metrics-report.ts';
import { ownersOf } from '../../functions/deployments/domain/report/owners.ts';
import type { Scope } from '../../functions/deployments/domain/report/owners.ts';
import { startTestRedis, type TestRedis } from '../../test/functions/deployments/test-redis.ts';
import { growHeapSlowly } from '../../tools/replay/grow-heap-slowly.ts';
import { atMost, type Row } from '../row.ts';
import { percentile } from '../statistics.ts';
import { linkTo } from '../../functions/deployments/domain/chain.ts';
import type { Projection } from '../../functions/deployments/domain/ports.ts';
import {
  anotherDeployment,
  historyEnd,
  historyStart,
  serviceCount,
  serviceName,
} from './generate-history.ts';
import { type Archives, startArchives } from './generated-archive.ts';

const sizes = [10_000, 100_000, 1_000_000];
const counts = (environment: string): boolean => environment === 'production';
const teamSize = 50;
const days = daysBetween(historyStart, historyEnd);
const changing = days.slice(-2);

const owners = ownersOf({
  services: Array.from({ length: serviceCount }, (_, index) => ({
    id: serviceName(index),
    team: `team-${Math.floor(index / teamSize)}`,
    product: 'generated',
    repositories: [],
    aws: [],
    pagerDuty: [],
    artifacts: [],
  })),
});

/** An archive is replayed, and asked: as it grows. */
export async function run(): Promise<Row[]> {
  // As `npm run replay` does.
  growHeapSlowly();
  await using archives = await startArchives();
  const rows: Row[] = [];
  for (const size of sizes) {
    rows.push(...(await replayed(archives, size)));
  }
  return rows;
}

async function replayed(archives: Archives, size: number): Promise<Row[]> {
  const archive = await archives.generate(size);
  await using test = await startTestRedis();
  const projection = createProjection(test.redis, counts, Date.now);
  globalThis.gc?.();
  let peak = 0;
  const before = await test.usedMemory();
  const startMs = performance.now();
  const done = await replay(archive, projection, archive.services(), () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  });
  const seconds = (performance.now() - startMs) / 1000;
  const isLargest = size === sizes.at(-1);
  const rate = done.records / seconds;
  const label = `${size.toLocaleString('en')} events`;
  return [
    {
      measure: `${label}: replayed from the archive`,
      figure: `${Math.round(rate)} events/s (${seconds.toFixed(1)} s)`,
      ...(isLargest ? { bound: '≥ 10000 events/s', holds: rate >= 10_000 } : {}),
    },
    {
      measure: `${label}: memory of the replay`,
      figure: `${Math.round(peak / 2 ** 20)} MiB`,
      ...(isLargest ? { bound: '≤ 512 MiB', holds: peak <= 512 * 2 ** 20 } : {}),
    },
    {
      measure: `${label}: memory in Redis`,
      figure: `${Math.round(((await test.usedMemory()) - before) / done.records)} bytes an event`,
    },
    ...(await asked(test, projection, label, isLargest)),
  ];
}

async function asked(
  test: TestRedis,
  projection: Projection,
  label: string,
  isBound: boolean,
): Promise<Row[]> {
  const store = createReportStore(test.redis);
  const ask = (scope: Scope) =>
    metricsReport(
      { store, owners, environments: ['production'], counts },
      { ...scope, fromMs: historyStart, toMs: historyEnd, window: 'week' },
    );
  const dayKeys = days.map(redisKeys.day);
  let turn = 0;
  /** Something is deployed on the last two days of the history, as always: what was added up of them does not count any more. */
  const change = async (): Promise<void> => {
    for (const day of changing) {
      turn += 1;
      const service = serviceName((turn * 7) % serviceCount);
      const head = await projection.head(service);
      if (head !== undefined) {
        await projection.apply(service, [linkTo(head, anotherDeployment(service, turn, Date.parse(day)))]);
      }
    }
  };
  const one = serviceName(1234);
  const team = Array.from({ length: teamSize }, (_, index) => serviceName(index + 7 * teamSize));
  const cases = [
    {
      what: 'metrics of one service',
      times: 60,
      boundMs: 20,
      ask: () => ask({ service: one }),
      read: () =>
        Promise.all([
          test.client.hmget(redisKeys.days(one), ...days),
          test.client.hgetall(redisKeys.events(one)),
          test.client.hgetall(redisKeys.services),
        ]),
    },
    {
      what: 'metrics of a team of 50 services',
      times: 40,
      boundMs: 60,
      ask: () => ask({ team: 'team-7' }),
      read: () => Promise.all(dayKeys.map((key) => test.client.hmget(key, ...team))),
    },
    {
      what: 'metrics of the whole organisation, of which two days have changed,',
      times: 40,
      boundMs: 250,
      before: change,
      ask: () => ask({}),
      read: () =>
        Promise.all([
          ...days.map((day) => test.client.hmget(redisKeys.sums(day), 'version', 'of', 'sums')),
          ...changing.map((day) => test.client.hvals(redisKeys.day(day))),
          test.client.hlen(redisKeys.services),
        ]),
    },
  ];
  const rows: Row[] = [];
  for (const each of cases) {
    const times: number[] = [];
    const bare: number[] = [];
    const firstMs = await timed(each.ask);
    for (let round = 0; round < each.times; round += 1) {
      await each.before?.();
      times.push(await timed(each.ask));
      bare.push(await timed(each.read));
    }
    const p95 = percentile(times, 0.95);
    const ratio = percentile(times, 0.5) / percentile(bare, 0.5);
    rows.push(
      {
        measure: `${label}: ${each.what} p95`,
        figure: `${p95.toFixed(1)} ms (the first time ${firstMs.toFixed(1)} ms)`,
        ...(isBound ? { bound: `≤ ${each.boundMs} ms`, holds: p95 <= each.boundMs } : {}),
      },
      isBound
        ? atMost(`${label}: ${each.what} against a bare read of the same`, ratio, 5, 'median')
        : {
            measure: `${label}: ${each.what} against a bare read of the same`,
            figure: `${ratio.toFixed(2)} ×`,
          },
    );
  }
  return rows;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
