import prices from '../../lib/prices.json' with { type: 'json' };
import { type Stage, startStage } from '../../local/stage.ts';
import { grainyJpeg } from '../../test/fixtures/photos.ts';
import { Person } from '../../test/local/person.ts';
import { synthesize } from '../../tools/synthesize.ts';
import type { Row } from '../row.ts';

const wish = { campaign: 'final-vote', slots: { name: 'Ada Lovelace', finalist: 'Mira Holm' } };
const phone = { width: 4032, height: 3024, orientation: 6 };
const jobs = 20;
const million = 1e6;
/** Redis commands of one job: rate 2, three states shown at 2 each, lease 3, reads 2. An ECPU is a command with up to 1 kB. */
const redisCommands = 13;
/** Results stay 30 days, uploads one. */
const resultDays = 30;

const functions = ['RequestUpload', 'AcceptUpload', 'Render', 'JobStatus'];

/** The bill of a million personalised images: what the local stage measured, times the prices in `lib/prices.json`. */
export async function run(): Promise<Row[]> {
  const photo = await grainyJpeg(phone.width, phone.height, phone.orientation);
  const stage = await startStage({ assembly: await synthesize('dev') });
  try {
    for (let warm = 0; warm < 3; warm += 1) {
      await new Person(stage.origin, warm).personalise(wish, Buffer.concat([photo, Buffer.from(`w${warm}`)]));
    }
    const before = usageOf(stage);
    const bytes = [];
    for (let job = 0; job < jobs; job += 1) {
      const person = new Person(stage.origin, 100 + job);
      const { results = [] } = await person.personalise(wish, Buffer.concat([photo, Buffer.from(`#${job}`)]));
      bytes.push(results.reduce((sum, result) => sum + result.bytes, 0));
    }
    const perJob = difference(usageOf(stage), before, jobs);
    return rowsOf(perJob, bytes.reduce((sum, size) => sum + size, 0) / jobs, photo.byteLength);
  } finally {
    await stage.stop();
  }
}

interface Usage {
  readonly gbSeconds: ReadonlyMap<string, number>;
  readonly milliseconds: ReadonlyMap<string, number>;
  readonly invocations: number;
  readonly apiRequests: number;
  readonly s3Writes: number;
  readonly s3Reads: number;
}

function usageOf(stage: Stage): Usage {
  const used = functions.map((name) => [name, stage.function(name)] as const);
  const { s3Writes, s3Reads } = stage.requestCounts();
  return {
    gbSeconds: new Map(
      used.map(([name, fn]) => [name, (fn.usage.billedMs / 1000) * (fn.options.memoryMb / 1024)]),
    ),
    milliseconds: new Map(used.map(([name, fn]) => [name, fn.usage.billedMs])),
    invocations: used.reduce((sum, [, fn]) => sum + fn.usage.invocations, 0),
    apiRequests: used
      .filter(([name]) => name === 'RequestUpload' || name === 'JobStatus')
      .reduce((sum, [, fn]) => sum + fn.usage.invocations, 0),
    s3Writes,
    s3Reads,
  };
}

function difference(after: Usage, before: Usage, count: number): Usage {
  const each = (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): Map<string, number> =>
    new Map([...one].map(([name, value]) => [name, (value - (other.get(name) ?? 0)) / count]));
  return {
    gbSeconds: each(after.gbSeconds, before.gbSeconds),
    milliseconds: each(after.milliseconds, before.milliseconds),
    invocations: (after.invocations - before.invocations) / count,
    apiRequests: (after.apiRequests - before.apiRequests) / count,
    s3Writes: (after.s3Writes - before.s3Writes) / count,
    s3Reads: (after.s3Reads - before.s3Reads) / count,
  };
}

function rowsOf(usage: Usage, resultBytes: number, photoBytes: number): Row[] {
  const gbSeconds = [...usage.gbSeconds.values()].reduce((sum, value) => sum + value, 0);
  const storedGbMonths = (resultBytes * resultDays + photoBytes) / 1e9 / 30;
  const lines: (readonly [string, number, string])[] = [
    [
      'Lambda, time',
      gbSeconds * prices.lambdaArmGbSecond,
      [...usage.milliseconds].map(([name, ms]) => `${name} ${ms.toFixed(0)} ms`).join(', '),
    ],
    ['Lambda, requests', usage.invocations * prices.lambdaRequest, `${usage.invocations.toFixed(1)} a job`],
    ['HTTP API', usage.apiRequests * prices.httpApiRequest, `${usage.apiRequests.toFixed(1)} a job`],
    [
      'S3, requests',
      usage.s3Writes * prices.s3Put + usage.s3Reads * prices.s3Get,
      `${usage.s3Writes.toFixed(1)} writes, ${usage.s3Reads.toFixed(1)} reads a job`,
    ],
    [
      'S3, storage',
      storedGbMonths * prices.s3GbMonth,
      `${(resultBytes / 1000).toFixed(0)} kB of results, 30 days`,
    ],
    ['SQS', 3 * prices.sqsRequest, 'send, receive, delete'],
    ['Valkey', redisCommands * prices.valkeyEcpu, `${redisCommands} commands a job`],
  ];
  const total = lines.reduce((sum, [, cost]) => sum + cost, 0);
  return [
    ...lines.map(([name, cost, detail]) => ({
      measure: `a million images: ${name}`,
      figure: `${dollars(cost * million).padStart(9)}   (${detail})`,
    })),
    {
      measure: `a million images: together (${prices.source}, ${prices.asOf})`,
      figure: dollars(total * million).padStart(9),
    },
  ];
}

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;
