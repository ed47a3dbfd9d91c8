import type { Redis, RedisClient } from '../../kernel/redis.ts';
import { type Day, sumOf } from '../domain/day-figures.ts';
import { decodeEssence } from '../domain/encode-essence.ts';
import { shortDigest } from '../domain/identity.ts';
import type { Placed, ReportStore, ServiceLine } from '../domain/report/ports.ts';
import type { Run } from '../domain/runs.ts';
import { redisKeys } from './redis-keys.ts';
import { runScript } from './redis-run-scripts.ts';
import { sumsScript } from './redis-scripts.ts';

/** What `writeCopies` and `writeStep` wrote, and nobody else does. */
export function createReportStore(redis: Redis): ReportStore {
  return {
    lines: () =>
      redis.use(async (client) => {
        const lines = await client.hgetall(redisKeys.services);
        return new Map(
          Object.entries(lines).map(([service, text]): [string, ServiceLine] => {
            const [newestMs, open] = copied(text).split(',').map(Number);
            return [service, { newestMs: newestMs ?? 0, open: open ?? 0 }];
          }),
        );
      }),
    serviceCount: () => redis.use((client) => client.hlen(redisKeys.services)),
    events: (service) =>
      redis.use(async (client) =>
        Object.entries(await client.hgetall(redisKeys.events(service))).map(([identity, text]) =>
          decodeEssence(identity, text),
        ),
      ),
    find: (ids) =>
      redis.use(async (client) => {
        const services = Map.groupBy(ids, ({ service }) => service);
        const found = new Map<string, Placed>();
        await Promise.all(
          [...services].map(async ([service, each]) => {
            const identities = each.map(({ identity }) => identity);
            const texts = await client.hmget(redisKeys.events(service), ...identities);
            for (const [index, identity] of identities.entries()) {
              const text = texts[index];
              if (typeof text === 'string') {
                found.set(`${service}~${identity}`, { service, essence: decodeEssence(identity, text) });
              }
            }
          }),
        );
        return ids.flatMap(({ service, identity }) => found.get(`${service}~${identity}`) ?? []);
      }),
    daysOf: (service, days) =>
      redis.use(async (client) => {
        if (days.length === 0) {
          return [];
        }
        const texts = await client.hmget(redisKeys.days(service), ...days);
        return texts.map((text) => parseDays([text ?? '']));
      }),
    figuresOf: (services, days) =>
      redis.use((client) => Promise.all(days.map((day) => figuresOn(client, day, services)))),
    sums: (days) => redis.use((client) => Promise.all(days.map((day) => sumsOn(client, day)))),
    idsOn: (day, beforeMs) =>
      redis.use(async (client) => {
        const told = await client.zrevrangebyscore(redisKeys.eventsOn(day), beforeMs, '-inf', 'WITHSCORES');
        return Array.from({ length: told.length / 2 }, (_, index) => ({
          id: told[2 * index] ?? '',
          atMs: Number(told[2 * index + 1]),
        }));
      }),
    runs: (environment) =>
      redis.use(async (client) => {
        const runs = await client.hgetall(redisKeys.environment(environment));
        return new Map(
          Object.entries(runs).map(([service, text]): [string, Run] => [service, parseRun(copied(text))]),
        );
      }),
    chain: (chain) => redis.use((client) => client.smembers(redisKeys.chain(chain))),
    linked: (context) => redis.use((client) => client.smembers(redisKeys.linked(context))),
    withContext: (context, weeks) =>
      redis.use(async (client) => {
        const words = await Promise.all(
          weeks.map((week) => client.hget(redisKeys.contexts(week), shortDigest(context))),
        );
        return words.flatMap((each) => each?.split(' ') ?? []);
      }),
  };
}

/** The copy itself, behind the sequence that it was made of. */
const copied = (text: string): string => text.slice(text.indexOf('|') + 1);

function parseRun(text: string): Run {
  const [atMs, artifact, how, event]: [number, string | null, Run['how'], string] = JSON.parse(text);
  return { atMs, artifact: artifact ?? undefined, how, event };
}

async function figuresOn(client: RedisClient, day: string, services: readonly string[]): Promise<Day[]> {
  if (services.length === 0) {
    return [];
  }
  const texts = await client.hmget(redisKeys.day(day), ...services);
  return parseDays(texts.map((text) => copied(text ?? '')));
}

/** Whoever asks first after the figures of a day have changed adds them up, and leaves the sums to the others. */
async function sumsOn(client: RedisClient, day: string): Promise<Day[]> {
  const key = redisKeys.sums(day);
  const [version, of, sums] = await client.hmget(key, 'version', 'of', 'sums');
  if (typeof sums === 'string' && of === version) {
    return parseDays([sums]);
  }
  const all = parseDays((await client.hvals(redisKeys.day(day))).map(copied));
  if (all.length === 0 || typeof version !== 'string') {
    return all;
  }
  const added = sumOf(all);
  // Not written if the figures have changed meanwhile: these may be sums of some of that.
  await runScript(client, { script: sumsScript, keys: [key], args: [version, JSON.stringify(added)] });
  return [added];
}

/** Those that there are. One parse for all: thousands of small ones take several times as long. */
const parseDays = (texts: readonly string[]): Day[] =>
  JSON.parse(`[${texts.filter((text) => text !== '').join(',')}]`);
