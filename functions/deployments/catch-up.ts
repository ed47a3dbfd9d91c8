import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { eventBridgeHandler } from '../kernel/event-bridge.ts';
import { logger } from '../kernel/logger.ts';
import { meter } from '../kernel/metrics.ts';
import { createRedis, RedisUnavailable } from '../kernel/redis.ts';
import { createProjection } from './adapters/redis-projection.ts';
import { createWholeness } from './adapters/redis-wholeness.ts';
import { createArchive } from './adapters/s3-archive.ts';
import { createToDoList } from './adapters/s3-to-do-list.ts';
import { catchUpAll } from './domain/catch-up.ts';
import { toDoPrefixes } from './domain/to-do-prefixes.ts';
import { rebuild } from './domain/whole/rebuild.ts';
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
const wholeness = createWholeness(redis);
const behind = createToDoList(env.WORK_BUCKET_NAME, toDoPrefixes.behind, systemClock);
/** Less than the minute after which it begins again: two at once would be in each other’s way. */
const workMs = 50_000;

export const handler = eventBridgeHandler(async () => {
  const until = systemClock() + workMs;
  const hasTime = (): boolean => systemClock() < until;
  try {
    const rebuilt = await rebuild({ archive, projection, wholeness, hasTime });
    if (rebuilt.services > 0 || !rebuilt.isWhole) {
      logger.warn('the projection was lost and is made again', rebuilt);
    }
    meter.count(deploymentsMetrics.serviceRebuilt, rebuilt.services);
    meter.count(
      deploymentsMetrics.projectionCaughtUp,
      await catchUpAll(archive, projection, behind, hasTime),
    );
  } catch (error) {
    if (!(error instanceof RedisUnavailable)) {
      throw error;
    }
    // There is no projection to bring forward; what waits for it stays on its list. Whoever asks for it meanwhile is answered 503, which is what people are called for.
    logger.warn('the projection is away', { error });
    meter.count(deploymentsMetrics.projectionMissed);
  }
});
