import { readFile } from 'node:fs/promises';
import { Cluster } from 'ioredis';
import type { Redis } from '../../../functions/kernel/redis.ts';
import { accessString } from '../../../lib/constructs/cache.ts';
import { startRedis } from '../../../local/redis/redis-server.ts';

/** A real Redis with the rights that the service has when it is deployed. */
export interface TestRedis extends AsyncDisposable {
  readonly redis: Redis;
  readonly client: Cluster;
  /** Loses everything. */
  readonly lose: () => Promise<void>;
  /** How many keys there are, and fields and members in them. */
  readonly keyCount: () => Promise<{ keys: number; fields: number }>;
  /** Bytes. */
  readonly usedMemory: () => Promise<number>;
}

export async function startTestRedis(): Promise<TestRedis> {
  const server = await startRedis([{ name: 'deployments', accessString: accessString('deployments') }]);
  await server.ready;
  const ca = await readFile(server.certificateFile, 'utf8');
  const client = new Cluster([{ host: server.host, port: server.port }], {
    lazyConnect: true,
    dnsLookup: (address, callback) => callback(null, address),
    enableReadyCheck: false,
    redisOptions: { tls: { ca }, username: 'deployments', password: 'any token', maxRetriesPerRequest: 1 },
  });
  await client.connect();
  const admin = server.admin();
  return {
    client,
    redis: { use: (work) => work(client) },
    keyCount: async () => {
      const keys = await admin.keys('*');
      const sizes = await Promise.all(
        keys.map(async (key) => {
          switch (await admin.type(key)) {
            case 'hash':
              return admin.hlen(key);
            case 'set':
              return admin.scard(key);
            case 'zset':
              return admin.zcard(key);
            default:
              return admin.xlen(key);
          }
        }),
      );
      return { keys: keys.length, fields: sizes.reduce((sum, size) => sum + size, 0) };
    },
    usedMemory: async () => Number(/used_memory:(\d+)/u.exec(await admin.info('memory'))?.[1]),
    lose: async () => void (await admin.flushall()),
    [Symbol.asyncDispose]: async () => {
      client.disconnect();
      admin.disconnect();
      await server.stop();
    },
  };
}
