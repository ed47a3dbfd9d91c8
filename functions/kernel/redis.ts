import { Cluster, type ClusterOptions, type RedisCommander } from 'ioredis';
import { awsEnvironment } from './aws-environment.ts';
import { logger } from './logger.ts';
import type { RedisEnv } from './redis-env.ts';
import { redisIamToken } from './redis-iam-token.ts';

/** Redis did not answer in time or refused the connection: what it knows can be had from S3, or asked for again later. */
export class RedisUnavailable extends Error {
  override readonly name = 'RedisUnavailable';
}

/** Commands of Redis; multi-key ones only within a hash tag, a pipeline only of slots of one node. A Redis that is no cluster has no slots. */
export type RedisClient = RedisCommander &
  Pick<Cluster, 'pipeline'> &
  Partial<Pick<Cluster, 'nodes' | 'slots'>>;

export interface Redis {
  /**
   * Runs commands on a live connection. Throws RedisUnavailable when there is none; an error that Redis itself answered is thrown as it is.
   * `work` may run twice (a connection that died while the function was frozen is replaced once), so it must be idempotent.
   */
  use<T>(work: (client: RedisClient) => Promise<T>): Promise<T>;
}

interface RedisOptions {
  /** How long a command may take, in milliseconds. */
  readonly commandTimeoutMs: number;
}

const connectTimeoutMs = 1000;

/**
 * One lazily opened connection an execution environment, to ElastiCache Serverless (cluster mode, TLS, IAM). The client does not reconnect by itself: the IAM
 * token it was opened with would have expired, so a lost connection is replaced by a new client with a new token.
 */
export function createRedis(env: RedisEnv, options: RedisOptions): Redis {
  let current: Promise<Cluster> | undefined;

  const drop = (client: Cluster): void => {
    client.disconnect();
    current = undefined;
  };

  const connection = async (): Promise<{ client: Cluster; fresh: boolean }> => {
    const fresh = current === undefined;
    current ??= connect(env, options, (client) => drop(client));
    try {
      return { client: await current, fresh };
    } catch (error) {
      current = undefined;
      throw new RedisUnavailable('no connection to Redis', { cause: error });
    }
  };

  const attempt = async <T>(work: (client: RedisClient) => Promise<T>): Promise<T> => {
    const { client, fresh } = await connection();
    try {
      return await work(client);
    } catch (error) {
      if (isAnswer(error)) {
        throw error;
      }
      drop(client);
      if (!fresh) {
        return attempt(work);
      }
      throw new RedisUnavailable('Redis did not answer', { cause: error });
    }
  };

  return { use: attempt };
}

async function connect(
  { REDIS_ENDPOINT, REDIS_CACHE_NAME: cacheName, REDIS_USER_NAME: userName }: RedisEnv,
  { commandTimeoutMs }: RedisOptions,
  onEnd: (client: Cluster) => void,
): Promise<Cluster> {
  const { hostname, port } = new URL(REDIS_ENDPOINT);
  const { region, credentials } = awsEnvironment();
  const password = await redisIamToken({ cacheName, userName, region }, credentials);
  const client = new Cluster([{ host: hostname, port: Number(port) }], {
    ...clusterOptions,
    redisOptions: {
      tls: {},
      username: userName,
      password,
      connectTimeout: connectTimeoutMs,
      commandTimeout: commandTimeoutMs,
      maxRetriesPerRequest: 1,
    },
  });
  client.on('error', (error: Error) => logger.warn('Redis connection', { error }));
  client.on('end', () => onEnd(client));
  try {
    await client.connect();
  } catch (error) {
    client.disconnect();
    throw error;
  }
  return client;
}

const clusterOptions: ClusterOptions = {
  lazyConnect: true,
  clusterRetryStrategy: () => null,
  slotsRefreshTimeout: connectTimeoutMs,
  // The endpoint answers for every node, and its certificate is for its name: node addresses must not be resolved to IPs first.
  dnsLookup: (address, callback) => callback(null, address),
  enableReadyCheck: false,
  enableOfflineQueue: true,
  maxRedirections: 3,
};

const refusals = /^(CLUSTERDOWN|LOADING|NOAUTH|WRONGPASS|READONLY|MASTERDOWN|TRYAGAIN|MOVED|ASK)/u;

/** Whether Redis answered (the command was wrong or refused), as opposed to being away. */
const isAnswer = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ReplyError' && !refusals.test(error.message);
