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

/** KEYS head, events. ARGV identities. Answers sequence, hash and spread of the head, and for each identity whether it is there, all as of one moment. */
export const lookScript = script(`
local known = {}
for i = 1, #ARGV do known[i] = redis.call('HEXISTS', KEYS[2], ARGV[i]) end
return {redis.call('HMGET', KEYS[1], 'sequence', 'hash', 'spread'), known}
`);

/** KEYS a hash. ARGV the sequence that a value is of, its field, and the value: what is there already of a later sequence stays. */
export const newerScript = script(`
local old = redis.call('HGET', KEYS[1], ARGV[2])
if not old or tonumber(string.match(old, '^%d+')) <= tonumber(ARGV[1]) then
  redis.call('HSET', KEYS[1], ARGV[2], ARGV[1] .. '|' .. ARGV[3])
end
`);

/**
 * KEYS a day’s figures, their sums, its events. ARGV a sequence; service and figures, or '' and '' where its figures stay; how long events live in seconds; then time
 * and id of each event. Figures of a later sequence stay. Sums that were made before are of another version than the figures from now on.
 */
export const dayScript = script(`
if ARGV[2] ~= '' then
  local old = redis.call('HGET', KEYS[1], ARGV[2])
  if not old or tonumber(string.match(old, '^%d+')) <= tonumber(ARGV[1]) then
    redis.call('HSET', KEYS[1], ARGV[2], ARGV[1] .. '|' .. ARGV[3])
    if not old or string.match(old, '|(.*)$') ~= ARGV[3] then redis.call('HINCRBY', KEYS[2], 'version', 1) end
  end
end
for i = 5, #ARGV, 2 do redis.call('ZADD', KEYS[3], ARGV[i], ARGV[i + 1]) end
if #ARGV > 4 then redis.call('EXPIRE', KEYS[3], ARGV[4]) end
`);

/** KEYS sums of a day. ARGV a version, and sums that were made of the figures of that version: written if it still is the figures’. */
export const sumsScript = script(`
if redis.call('HGET', KEYS[1], 'version') == ARGV[1] then
  redis.call('HSET', KEYS[1], 'of', ARGV[1], 'sums', ARGV[2])
end
`);

/** KEYS a set. ARGV how long it lives in seconds, then its members. */
export const addScript = script(`
for i = 2, #ARGV do redis.call('SADD', KEYS[1], ARGV[i]) end
redis.call('EXPIRE', KEYS[1], ARGV[1])
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
 * KEYS positions, stream. ARGV the service, the length of the stream, the sequence that all that came so far has, then sequence and identity each: what was fed already
 * is not fed again.
 */
export const feedScript = script(`
local fed = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0')
for i = 4, #ARGV, 2 do
  if tonumber(ARGV[i]) > fed then
    redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[2], '*', 'service', ARGV[1], 'identity', ARGV[i + 1])
  end
end
if tonumber(ARGV[3]) > fed then redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) end
`);

/** KEYS head. ARGV a sequence: everything up to it is copied. */
export const spreadScript = script(`
local there = tonumber(redis.call('HGET', KEYS[1], 'spread') or '0')
if tonumber(ARGV[1]) > there then redis.call('HSET', KEYS[1], 'spread', ARGV[1]) end
`);
