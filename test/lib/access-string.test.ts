import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessString } from '../../lib/constructs/cache.ts';

let folder: string;
let server: ChildProcess;
let redis: Redis;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fanfare-acl-'));
  const socket = path.join(folder, 'redis.sock');
  server = spawn('redis-server', ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder]);
  redis = new Redis({ path: socket, retryStrategy: () => 20, maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  await redis.call('ACL', 'SETUSER', 'personalise', ...accessString('personalise').split(' '));
});
afterAll(async () => {
  redis.disconnect();
  const exit = once(server, 'exit');
  server.kill();
  await exit;
  await rm(folder, { recursive: true });
});

/** What Redis would answer the user of personalise: OK, or why not. */
const tried = async (command: string): Promise<string> =>
  String(await redis.call('ACL', 'DRYRUN', 'personalise', ...command.split(' ')));

describe('the user of a service in the cache', () => {
  it.each([
    'GET personalise:{1}:job',
    'SET personalise:{1}:lease token PX 30000 NX',
    'DEL personalise:{1}:job',
    'EXISTS personalise:{1}:job',
    'EXPIRE personalise:{1}:job 60',
    'PEXPIRE personalise:{1}:job 60000',
    'HSET personalise:{1}:job state done',
    'HGET personalise:{1}:job state',
    'HGETALL personalise:{1}:job',
    'INCR personalise:{1.2.3.4}:rate',
    'EVAL return_1 1 personalise:{1}:lease',
    'EVALSHA e0e1f9fabfc9d4800c877a703b823ac0578ff8db 1 personalise:{1}:lease',
    'XADD personalise:{1}:job MAXLEN 1 1-0 record {}',
    'XREAD BLOCK 20000 STREAMS personalise:{1}:job 0',
    'XRANGE personalise:{1}:job - +',
    'XREVRANGE personalise:{1}:job + - COUNT 1',
    'XTRIM personalise:{1}:job MAXLEN 1',
    'SCRIPT LOAD return',
    'CLUSTER SLOTS',
    'CLUSTER SHARDS',
    'PING',
    'INFO',
    'HELLO 3',
    'CLIENT SETNAME fanfare',
  ])('may %s', async (command) => {
    await expect(tried(command)).resolves.toBe('OK');
  });

  it.each([
    'GET studio:{1}:job',
    'SET deployments:{1} x',
    'XREAD STREAMS studio:{1}:job 0',
    'EVAL return_1 1 studio:{1}:lease',
    'KEYS *',
    'SCAN 0',
    'FLUSHALL',
    'FLUSHDB',
    'CONFIG GET *',
    'ACL LIST',
    'MONITOR',
    'DEBUG SLEEP 10',
    'SHUTDOWN',
    'CLIENT KILL 1.2.3.4:5',
    'CLIENT LIST',
    'SCRIPT FLUSH',
    'CLUSTER RESET',
    'PUBLISH channel message',
    'MIGRATE 1.2.3.4 6379 personalise:{1}:job 0 100',
  ])('may not %s', async (command) => {
    await expect(tried(command)).resolves.toMatch(/has no permissions/u);
  });
});
