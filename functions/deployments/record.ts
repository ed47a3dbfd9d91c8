import { deploymentEvent } from '../contracts/deployment-event.ts';
import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { logger } from '../kernel/logger.ts';
import { meter } from '../kernel/metrics.ts';
import { createRedis } from '../kernel/redis.ts';
import { sqsFifoHandler } from '../kernel/sqs-fifo.ts';
import { createProjection } from './adapters/redis-projection.ts';
import { createWholeness } from './adapters/redis-wholeness.ts';
import { createArchive } from './adapters/s3-archive.ts';
import { createToDoList } from './adapters/s3-to-do-list.ts';
import { ArchiveIndex } from './domain/archive-index.ts';
import { record, type RecordDeps } from './domain/record.ts';
import { toDoPrefixes } from './domain/to-do-prefixes.ts';
import { createRecogniser } from './domain/whole/recognise-empty.ts';
import { projectionEnv } from './env.ts';
import { deploymentsMetrics } from './metrics.ts';

const env = parseEnvironment(projectionEnv);
const redis = createRedis(env, { commandTimeoutMs: 2000 });
const archive = createArchive(env.ARCHIVE_BUCKET_NAME);
const deps: RecordDeps = {
  archive,
  projection: createProjection(
    redis,
    (environment) => env.COUNTED_ENVIRONMENTS.has(environment),
    systemClock,
  ),
  index: new ArchiveIndex(archive),
  unsigned: createToDoList(env.WORK_BUCKET_NAME, toDoPrefixes.unsigned, systemClock),
  behind: createToDoList(env.WORK_BUCKET_NAME, toDoPrefixes.behind, systemClock),
  recognise: createRecogniser(archive, createWholeness(redis)),
  missed: (service, error) => {
    logger.warn('the projection was missed', { service, error });
    meter.count(deploymentsMetrics.projectionMissed);
  },
};

export const handler = sqsFifoHandler(deploymentEvent, async (service, events) => {
  await record(deps, service, events);
  meter.count(deploymentsMetrics.eventRecorded, events.length);
  for (const { received } of events) {
    meter.time(deploymentsMetrics.recordDelay, systemClock() - Date.parse(received.at));
  }
});
