import { readFile } from 'node:fs/promises';
import { Cluster, Redis } from 'ioredis';
import type { Redis as KernelRedis } from '../../functions/kernel/redis.ts';

export interface RedisTarget {
  /** `redis://[user:password@]host:port[/db]`, or `rediss://` with TLS. */
  readonly url: string;
  readonly userName?: string | undefined;
  readonly password?: string | undefined;
  /** Of who vouches for the server, beside those that Node trusts. */
  readonly certificateFile?: string | undefined;
}

export interface OpenRedis extends AsyncDisposable {
  readonly redis: KernelRedis;
}

/** A connection to any Redis or Valkey, in cluster mode or not. Throws an Error for people when nobody answers there. */
export async function openRedis(target: RedisTarget): Promise<OpenRedis> {
  const url = new URL(target.url);
  const options = {
    host: url.hostname,
    port: Number(url.port === '' ? 6379 : url.port),
    username: target.userName ?? (decodeURIComponent(url.username) || undefined),
    password: target.password ?? (decodeURIComponent(url.password) || undefined),
    ...(url.protocol === 'rediss:'
      ? {
          tls:
            target.certificateFile === undefined
              ? {}
              : { ca: await readFile(target.certificateFile, 'utf8') },
        }
      : {}),
    maxRetriesPerRequest: 1,
    retryStrategy: () => null,
    lazyConnect: true,
    enableReadyCheck: false,
  };
  const single = new Redis({ ...options, db: Number(url.pathname.slice(1) || 0) });
  single.on('error', () => undefined);
  try {
    await single.connect();
  } catch (error) {
    throw new Error(`No Redis answers at ${url.protocol}//${url.host}.`, { cause: error });
  }
  if (!(await isCluster(single))) {
    return { redis: { use: (work) => work(single) }, [Symbol.asyncDispose]: async () => single.disconnect() };
  }
  single.disconnect();
  const { host, port, ...redisOptions } = options;
  const cluster = new Cluster([{ host, port }], {
    lazyConnect: true,
    enableReadyCheck: false,
    dnsLookup: (address, callback) => callback(null, address),
    redisOptions,
  });
  await cluster.connect();
  return { redis: { use: (work) => work(cluster) }, [Symbol.asyncDispose]: async () => cluster.disconnect() };
}

/** Redis answers an error when it is not: "This instance has cluster support disabled". */
const isCluster = (client: Redis): Promise<boolean> =>
  client.cluster('INFO').then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && error.message.includes('cluster support disabled')) {
        return false;
      }
      throw error;
    },
  );
