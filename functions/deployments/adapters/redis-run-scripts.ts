import { redisSlot } from '../../kernel/redis-slot.ts';
import type { RedisClient } from '../../kernel/redis.ts';
import type { RedisScript } from './redis-scripts.ts';

/** A script, and what it is to do; its keys lie in one slot. */
export interface ScriptCall {
  readonly script: RedisScript;
  readonly keys: readonly [string, ...string[]];
  readonly args: readonly (string | number)[];
}

/** By its digest, which is short; a node that does not know it yet is sent the script. */
export async function runScript(client: RedisClient, call: ScriptCall): Promise<unknown> {
  const { script, keys, args } = call;
  try {
    return await client.evalsha(script.digest, keys.length, ...keys, ...args);
  } catch (error) {
    return isUnknown(error) ? client.eval(script.lua, keys.length, ...keys, ...args) : refuse(error);
  }
}

/** Runs scripts of whatever slots, each atomically, in no order: one pipeline a node. When one fails, others may have run. */
export async function runScripts(client: RedisClient, calls: readonly ScriptCall[]): Promise<void> {
  await Promise.all([...byNode(client, calls)].map((each) => runOnNode(client, each)));
}

function byNode(client: RedisClient, calls: readonly ScriptCall[]): Iterable<readonly ScriptCall[]> {
  const { slots = [] } = client;
  return (client.nodes?.('master').length ?? 1) === 1
    ? [calls]
    : Map.groupBy(calls, ({ keys: [key] }) => slots[redisSlot(key)]?.join()).values();
}

async function runOnNode(client: RedisClient, calls: readonly ScriptCall[]): Promise<void> {
  const results = await client
    .pipeline(
      calls.map(({ script, keys, args }) => ['evalsha', script.digest, keys.length, ...keys, ...args]),
    )
    .exec();
  const again = calls.filter((_, index) => {
    const [error] = results?.[index] ?? [new Error('Redis did not answer all of a pipeline')];
    return error !== null && (isUnknown(error) || refuse(error));
  });
  await Promise.all(again.map((call) => runScript(client, call)));
}

const isUnknown = (error: unknown): boolean => error instanceof Error && error.message.startsWith('NOSCRIPT');

function refuse(error: unknown): never {
  throw error;
}
