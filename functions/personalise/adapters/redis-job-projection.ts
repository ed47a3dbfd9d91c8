import { logger } from '../../kernel/logger.ts';
import type { Meter } from '../../kernel/meter.ts';
import { type Redis, RedisUnavailable } from '../../kernel/redis.ts';
import { type JobRecord, jobRecordSchema, rank } from '../domain/job-record.ts';
import type { JobProjection, JobReader } from '../domain/ports.ts';
import { personaliseMetrics } from '../metrics.ts';
import { jobLifeSeconds, redisKeys } from './redis-keys.ts';

/** Erasure comes after every state. */
const erasedRank = 9;

/** How long a reader pauses when Redis is away, in milliseconds, before S3 is asked again. */
const awayPauseMs = 1000;

/** One step, so that no entry stays without an end. */
const showScript = `redis.call('XADD', KEYS[1], 'MAXLEN', 1, ARGV[1], 'record', ARGV[2]) return redis.call('EXPIRE', KEYS[1], ARGV[3])`;

const streamRank = (record: JobRecord): number =>
  record.erasedAt === undefined ? rank(record.state) + 1 : erasedRank;

/**
 * A job is a stream that keeps its latest entry, with the state's rank as entry id. Redis itself refuses an entry with a smaller or equal id, so late and
 * repeated writers cannot set a job back; readers block on the stream for the next state.
 */
export function createJobProjection(redis: Redis, meter: Meter): JobProjection {
  return {
    show: async (record) => {
      const key = redisKeys.job(record.id);
      try {
        await redis.use(async (client) => {
          const entry = `${streamRank(record)}-0`;
          await client
            .eval(showScript, 1, key, entry, JSON.stringify(record), jobLifeSeconds)
            .catch(ignoreLateEntry);
        });
      } catch (error) {
        missed(error, meter, record.id);
      }
    },
  };
}

/** @param waiting a connection of its own, whose commands may block as long as a reader waits */
export function createJobReader(redis: Redis, waiting: Redis, meter: Meter): JobReader {
  return {
    get: async (jobId) => {
      try {
        const entries = await redis.use((client) =>
          client.xrevrange(redisKeys.job(jobId), '+', '-', 'COUNT', 1),
        );
        return recordOf(entries[0]);
      } catch (error) {
        missed(error, meter, jobId);
        return undefined;
      }
    },
    next: async (record, timeoutMs) => {
      const after = `${streamRank(record)}-0`;
      try {
        const streams = await waiting.use((client) =>
          client.xread('BLOCK', Math.max(1, timeoutMs), 'STREAMS', redisKeys.job(record.id), after),
        );
        return recordOf(streams?.[0]?.[1].at(-1));
      } catch (error) {
        missed(error, meter, record.id);
        await new Promise((resolve) => setTimeout(resolve, Math.min(timeoutMs, awayPauseMs)));
        return undefined;
      }
    },
  };
}

const recordOf = (entry: [id: string, fields: string[]] | undefined): JobRecord | undefined =>
  entry?.[1][1] === undefined ? undefined : jobRecordSchema.parse(JSON.parse(entry[1][1]));

/** "The ID specified in XADD is equal or smaller than the target stream top item": a later state is shown already. */
function ignoreLateEntry(error: unknown): void {
  if (!(error instanceof Error && error.message.includes('equal or smaller'))) {
    throw error;
  }
}

function missed(error: unknown, meter: Meter, jobId: string): void {
  if (!(error instanceof RedisUnavailable)) {
    throw error;
  }
  meter.count(personaliseMetrics.projectionMissed);
  logger.warn('the projection is away; S3 answers', { jobId, error });
}
