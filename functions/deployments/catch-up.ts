import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { eventBridgeHandler } from '../kernel/event-bridge.ts';
import { meter } from '../kernel/metrics.ts';
import { createRedis } from '../kernel/redis.ts';
import { createProjection } from './adapters/redis-projection.ts';
import { createArchive } from './adapters/s3-archive.ts';
import { createToDoList } from './adapters/s3-to-do-list.ts';
import { catchUpAll } from './domain/catch-up.ts';
import { toDoPrefixes } from './domain/to-do-prefixes.ts';
import { projectionEnv } from './env.ts';
import { deploymentsMetrics } from './metrics.ts';

const env = parseEnvironment(projectionEnv);
const redis = createRedis(env, { commandTimeoutMs: 2000 });
const archive = createArchive(env.ARCHIVE_BUCKET_NAME);
const projection = createProjection(
  redis,
  (environment) => env.COUNTED_ENVIRONMENTS.has(environment),
  systemClock,
);
const behind = createToDoList(env.WORK_BUCKET_NAME, toDoPrefixes.behind, systemClock);

export const handler = eventBridgeHandler(async () => {
  meter.count(deploymentsMetrics.projectionCaughtUp, await catchUpAll(archive, projection, behind));
});
