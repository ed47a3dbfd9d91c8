import { randomUUID } from 'node:crypto';
import type { Redis } from '../../kernel/redis.ts';
import type { Making, Wholeness } from '../domain/whole/ports.ts';
import { redisKeys } from './redis-keys.ts';
import { runScript } from './redis-run-scripts.ts';
import { script } from './redis-scripts.ts';

/** KEYS making. ARGV an id, which it gets unless it has one. */
const beginScript = script(`
redis.call('HSETNX', KEYS[1], 'id', ARGV[1])
return redis.call('HMGET', KEYS[1], 'id', 'whole', 'upTo')
`);

/** KEYS making. ARGV its id, a field and its value: written if it is that one still. */
const noteScript = script(`
if redis.call('HGET', KEYS[1], 'id') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
return 1
`);

/** A key beside the projection's own, without an expiry: whatever loses them loses it. */
export function createWholeness(redis: Redis): Wholeness {
  const key = redisKeys.making;
  const note = ({ id }: Making, field: 'whole' | 'upTo', value: string): Promise<boolean> =>
    redis.use(
      async (client) =>
        (await runScript(client, { script: noteScript, keys: [key], args: [id, field, value] })) === 1,
    );
  return {
    read: () => redis.use(async (client) => makingOf(await client.hmget(key, 'id', 'whole', 'upTo'))),
    begin: () =>
      redis.use(async (client) => {
        const making = makingOf(
          await runScript(client, { script: beginScript, keys: [key], args: [randomUUID()] }),
        );
        if (making === undefined) {
          throw new Error('The projection was begun and has no id.');
        }
        return making;
      }),
    reached: (making, upTo) => note(making, 'upTo', upTo),
    end: (making) => note(making, 'whole', 'yes'),
  };
}

function makingOf(fields: unknown): Making | undefined {
  const [id, whole, upTo]: unknown[] = Array.isArray(fields) ? fields : [];
  return typeof id === 'string'
    ? { id, isWhole: whole === 'yes', upTo: typeof upTo === 'string' ? upTo : undefined }
    : undefined;
}
