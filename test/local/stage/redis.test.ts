import { readFile } from 'node:fs/promises';
import { Cluster, Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RedisServer, startRedis } from '../../../local/redis/redis-server.ts';

let server: RedisServer;
let ca: string;
const clients: { disconnect: () => void }[] = [];

beforeAll(async () => {
  server = await startRedis([
    {
      name: 'painter',
      accessString: 'on ~paint:* resetchannels -@all +get +set +mget +cluster|slots +no-such-command',
    },
  ]);
  ca = await readFile(server.certificateFile, 'utf8');
  await server.ready;
});
afterAll(async () => {
  for (const client of clients) {
    client.disconnect();
  }
  await server.stop();
});

const connect = (options: { username?: string; password?: string; tls?: object }): Redis => {
  const client = new Redis({
    host: server.host,
    port: server.port,
    tls: { ca },
    lazyConnect: true,
    enableReadyCheck: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    ...options,
  });
  client.on('error', () => undefined);
  clients.push(client);
  return client;
};
const painter = { username: 'painter', password: 'any token' };

describe('the local Redis', () => {
  it('lets an IAM user in with any token, and to what its access string names only', async () => {
    const client = connect(painter);
    expect(await client.set('paint:{1}', 'red')).toBe('OK');
    expect(await client.get('paint:{1}')).toBe('red');
    await expect(client.get('other')).rejects.toThrow('NOPERM');
    await expect(client.del('paint:{1}')).rejects.toThrow('NOPERM');
  });

  it('knows no default user', async () => {
    await expect(connect({}).get('paint:1')).rejects.toThrow(/NOAUTH|NOPERM/u);
    await expect(connect({ username: 'nobody', password: 'x' }).get('paint:1')).rejects.toThrow('WRONGPASS');
  });

  it('speaks TLS only, with a certificate for its address', async () => {
    await expect(connect({ ...painter, tls: { ca: [] } }).get('paint:1')).rejects.toThrow();
    const plain = new Redis({
      host: server.host,
      port: server.port,
      lazyConnect: true,
      retryStrategy: () => null,
      maxRetriesPerRequest: 0,
    });
    plain.on('error', () => undefined);
    clients.push(plain);
    await expect(plain.get('paint:1')).rejects.toThrow();
  });

  it('is a cluster: keys of several slots in one command are refused', async () => {
    const cluster = new Cluster([{ host: server.host, port: server.port }], {
      dnsLookup: (address, callback) => callback(null, address),
      redisOptions: { tls: { ca }, enableReadyCheck: false, ...painter },
      enableReadyCheck: false,
    });
    clients.push(cluster);
    expect(await cluster.set('paint:{2}', 'blue')).toBe('OK');
    expect(await cluster.mget('paint:{2}', 'paint:{2}:more')).toEqual(['blue', null]);
    await expect(cluster.mget('paint:{2}', 'paint:{3}')).rejects.toThrow(/CROSSSLOT|same slot/u);
  });

  it('goes away, and comes back empty on the same port', async () => {
    const before = connect(painter);
    await before.set('paint:{4}', 'green');
    await server.down();
    await expect(connect(painter).get('paint:{4}')).rejects.toThrow();
    await server.up();
    const after = connect(painter);
    expect(await after.get('paint:{4}')).toBeNull();
    expect(await after.set('paint:{4}', 'green')).toBe('OK');
  });
});
