import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { Cluster } from 'ioredis';
import { redisKeys } from '../../functions/deployments/adapters/redis-keys.ts';
import { type Stage, startStage } from '../../local/stage.ts';
import { archiveClient } from '../../test/local/deployment-archive.ts';
import { DeploymentSender } from '../../test/local/deployment-sender.ts';
import { synthesize } from '../../tools/synthesize.ts';
import { perJob, readProcessorTime } from '../personalise/flow/processor-time.ts';
import directory from '../../directory/directory.json' with { type: 'json' };
import type { Row } from '../row.ts';
import { generateEvents, serviceName } from './generate-history.ts';

const services = 150;
const eventsEach = 40;
/** Of as many other services, before anything is measured. */
const warmUpEach = 20;
/** In a request: a tool that sends what it has gathered. */
const batch = 100;
/** Requests under way at the same time. */
const senders = 4;
const pollMs = 20;
/** Processes that take less of an event are not named, in milliseconds. */
const smallestMs = 0.02;

/** The whole path through the local stage: signed requests → queue → archive → projection. */
export async function run(): Promise<Row[]> {
  const stage = await startStage({ assembly: await synthesize('dev') });
  try {
    await publishDirectory(stage);
    await using projection = await openProjection(stage);
    // Processes as many as there will be, each with its code compiled.
    await send(stage, requestsOf(services, warmUpEach));
    await projection.has(services * warmUpEach);
    const before = await readProcessorTime();
    const startMs = performance.now();
    await send(stage, requestsOf(0, eventsEach));
    const sentMs = performance.now() - startMs;
    await projection.has(services * (warmUpEach + eventsEach));
    const seconds = (performance.now() - startMs) / 1000;
    const times = perJob(before, await readProcessorTime(), services * eventsEach);
    const rate = (services * eventsEach) / seconds;
    return [
      {
        measure: 'from the first request until the last event is in the projection',
        figure: `${Math.round(rate)} events/s (${services * eventsEach} events; accepted after ${(sentMs / 1000).toFixed(1)} s, in after ${seconds.toFixed(1)} s)`,
        bound: '≥ 500 events/s',
        holds: rate >= 500,
      },
      ...[...times]
        .filter(([, ms]) => ms >= smallestMs)
        .map(([name, ms]) => ({
          measure: `  processor time of an event: ${name}`,
          figure: `${ms.toFixed(2)} ms`,
        })),
    ];
  } finally {
    await stage.stop();
  }
}

/** So that all that is told of a service is its own: events name it by their source. */
async function publishDirectory(stage: Stage): Promise<void> {
  const known = Array.from({ length: 2 * services }, (_, index) => serviceName(index)).map((id) => ({
    id,
    team: 'delivery',
    product: 'generated',
    repositories: [{ address: `ci.example/${id}` }],
  }));
  const s3 = archiveClient(stage);
  await s3.send(
    new PutObjectCommand({
      Bucket: stage.bucket('fanfare-dev-deployments/Work'),
      Key: 'directory/directory.json',
      Body: JSON.stringify({ ...directory, services: known }),
    }),
  );
  s3.destroy();
}

/** Batches in which the events of all services come mixed, each service's in their order. */
function requestsOf(firstService: number, count: number): string[] {
  const histories = Array.from({ length: services }, (_, index) =>
    generateEvents(firstService + index, count),
  );
  const events = Array.from({ length: count }, (_, place) =>
    histories.flatMap((history) => history[place]?.event ?? []),
  ).flat();
  return Array.from({ length: Math.ceil(events.length / batch) }, (_, index) =>
    JSON.stringify(
      events.slice(index * batch, (index + 1) * batch).map((event) => ({
        specversion: '1.0',
        id: event.context.id,
        source: event.context.source,
        type: event.context.type,
        subject: event.subject.id,
        time: event.context.timestamp,
        datacontenttype: 'application/json',
        data: event,
      })),
    ),
  );
}

async function send(stage: Stage, requests: readonly string[]): Promise<void> {
  const sender = new DeploymentSender(stage.origin);
  const waiting = requests.values();
  await Promise.all(
    Array.from({ length: senders }, async () => {
      for (const request of waiting) {
        const { status, body } = await sender.send(request, {
          'content-type': 'application/cloudevents-batch+json',
        });
        const refused: unknown = Reflect.get(Object(body), 'refused');
        if (status !== 202 || !Array.isArray(refused) || refused.length > 0) {
          throw new Error(`The batch was answered ${status}: ${JSON.stringify(body)}`);
        }
      }
    }),
  );
}

/** The stage's Redis, asked as `report` asks it. */
async function openProjection(stage: Stage) {
  const { redis } = stage.endpoints;
  if (redis === undefined) {
    throw new Error('The stage has no Redis.');
  }
  const { hostname, port } = new URL(redis.url);
  const client = new Cluster([{ host: hostname, port: Number(port) }], {
    lazyConnect: true,
    dnsLookup: (address, callback) => callback(null, address),
    enableReadyCheck: false,
    redisOptions: {
      tls: { ca: await readFile(redis.certificateFile, 'utf8') },
      username: stage.function('Record').options.environment['REDIS_USER_NAME'] ?? '',
      password: 'any token',
    },
  });
  await client.connect();
  return {
    /** Resolves when so many events are in it. */
    has: async (events: number): Promise<void> => {
      for (;;) {
        const lines = await client.hvals(redisKeys.services);
        const taken = lines.reduce((sum, line) => sum + Number(line.split('|')[0]), 0);
        if (taken >= events) {
          return;
        }
        await pause(pollMs);
      }
    },
    [Symbol.asyncDispose]: async () => client.disconnect(),
  };
}
