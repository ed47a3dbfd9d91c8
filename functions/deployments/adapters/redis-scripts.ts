import type { RedisClient } from '../../kernel/redis.ts';
import { createHash } from 'node:crypto';

/** A Lua script, run atomically in one slot. */
export interface RedisScript {
  readonly lua: string;
  readonly digest: string;
}

export const script = (lua: string): RedisScript => ({
  lua,
  digest: createHash('sha1').update(lua).digest('hex'),
});

/**
 * KEYS head, events, days. ARGV the sequence that must be there; the new sequence, hash and epoch; how many events, figures and forgotten events follow; then
 * identity and essence each, day and figures each, identity each. Answers the sequence that is there.
 */
export const takeScript = script(`
local there = redis.call('HGET', KEYS[1], 'sequence') or '0'
if there ~= ARGV[1] then return there end
local at = 8
for i = 1, tonumber(ARGV[5]) do
  redis.call('HSET', KEYS[2], ARGV[at], ARGV[at + 1])
  at = at + 2
end
for i = 1, tonumber(ARGV[6]) do
  redis.call('HSET', KEYS[3], ARGV[at], ARGV[at + 1])
  at = at + 2
end
for i = 1, tonumber(ARGV[7]) do
  redis.call('HDEL', KEYS[2], ARGV[at])
  at = at + 1
end
redis.call('HSET', KEYS[1], 'sequence', ARGV[2], 'hash', ARGV[3], 'epoch', ARGV[4])
return ARGV[2]
`);

/** KEYS a hash. ARGV the sequence that its values are of, then field and value each: what is there already of a later sequence stays. */
export const newerScript = script(`
for i = 2, #ARGV, 2 do
  local old = redis.call('HGET', KEYS[1], ARGV[i])
  if not old or tonumber(string.match(old, '^%d+')) <= tonumber(ARGV[1]) then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[1] .. '|' .. ARGV[i + 1])
  end
end
`);

/** KEYS a hash. ARGV how long it lives in seconds, then field and word each: the word is added to those of the field. */
export const addWordScript = script(`
for i = 2, #ARGV, 2 do
  local old = redis.call('HGET', KEYS[1], ARGV[i])
  if not old then redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  elseif not string.find(' ' .. old .. ' ', ' ' .. ARGV[i + 1] .. ' ', 1, true) then
    redis.call('HSET', KEYS[1], ARGV[i], old .. ' ' .. ARGV[i + 1])
  end
end
redis.call('EXPIRE', KEYS[1], ARGV[1])
`);

/**
 * KEYS positions, stream. ARGV the service, the length of the stream, the sequence that all that came so far has, then sequence, identity and essence each: what was
 * fed already is not fed again.
 */
export const feedScript = script(`
local fed = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0')
for i = 4, #ARGV, 3 do
  if tonumber(ARGV[i]) > fed then
    redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[2], '*', 'service', ARGV[1], 'identity', ARGV[i + 1], 'essence', ARGV[i + 2])
  end
end
if tonumber(ARGV[3]) > fed then redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) end
`);

/** KEYS head. ARGV a sequence: everything up to it is copied. */
export const spreadScript = script(`
local there = tonumber(redis.call('HGET', KEYS[1], 'spread') or '0')
if tonumber(ARGV[1]) > there then redis.call('HSET', KEYS[1], 'spread', ARGV[1]) end
`);

/** By its digest, which is short; a node that does not know it yet is sent the script. */
export async function runScript(
  client: RedisClient,
  { lua, digest }: RedisScript,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<unknown> {
  try {
    return await client.evalsha(digest, keys.length, ...keys, ...args);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('NOSCRIPT')) {
      return client.eval(lua, keys.length, ...keys, ...args);
    }
    throw error;
  }
}
