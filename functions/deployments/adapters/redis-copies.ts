import type { RedisClient } from '../../kernel/redis.ts';
import type { Clock } from '../../kernel/clock.ts';
import { type Copies, weekOf } from '../domain/copies.ts';
import { dayOf } from '../domain/day-figures.ts';
import type { Essence } from '../domain/essence.ts';
import { eventIdOf, shortDigest } from '../domain/identity.ts';
import { redisKeys } from './redis-keys.ts';
import { runScript, runScripts, type ScriptCall } from './redis-run-scripts.ts';
import {
  addScript,
  addWordScript,
  dayScript,
  feedScript,
  newerScript,
  type RedisScript,
  spreadScript,
} from './redis-scripts.ts';

/** As long as details, and the month in which they are trimmed, in seconds. */
const lifeSeconds = 432 * 24 * 60 * 60;
/** So many are followed live: minutes of the busiest hour. */
const feedLength = 100_000;
/** What came in longer ago is no news: it is an archive being projected again. */
const newsMs = 60 * 60 * 1000;

/** Writes the copies of one service. Repeated, or done by two at once, it ends the same. */
export async function writeCopies(
  client: RedisClient,
  service: string,
  copies: Copies,
  clock: Clock,
): Promise<void> {
  const { sequence, runs, newestMs, openIncidents } = copies;
  await runScripts(client, [
    {
      script: newerScript,
      keys: [redisKeys.services],
      args: [sequence, service, `${newestMs},${openIncidents}`],
    },
    ...[...runs].map(([environment, { atMs, artifact, how, event }]): ScriptCall => ({
      script: newerScript,
      keys: [redisKeys.environment(environment)],
      args: [sequence, service, JSON.stringify([atMs, artifact ?? null, how, event])],
    })),
    feedCall(service, copies, clock() - newsMs),
    ...dayCalls(service, copies),
    ...nameCalls(service, copies.events),
  ]);
  await runScript(client, { script: spreadScript, keys: [redisKeys.head(service)], args: [sequence] });
}

function feedCall(service: string, { sequence, events }: Copies, newsSinceMs: number): ScriptCall {
  const news = events
    .filter(({ receivedMs }) => receivedMs > newsSinceMs)
    .toSorted((a, b) => a.sequence - b.sequence);
  return {
    script: feedScript,
    keys: [redisKeys.fed, redisKeys.feed],
    args: [
      service,
      feedLength,
      sequence,
      ...news.flatMap(({ sequence: place, identity }) => [place, identity]),
    ],
  };
}

/** The days whose figures have changed, and those on which something happened. */
function dayCalls(service: string, { sequence, days, events }: Copies): ScriptCall[] {
  const happened = Map.groupBy(events, ({ atMs }) => dayOf(atMs));
  return [...new Set([...days.keys(), ...happened.keys()])].map((day) => {
    const figures = days.get(day);
    return {
      script: dayScript,
      keys: [redisKeys.day(day), redisKeys.sums(day), redisKeys.eventsOn(day)],
      args: [
        sequence,
        ...(figures === undefined ? ['', ''] : [service, figures]),
        lifeSeconds,
        ...(happened.get(day) ?? []).flatMap(({ atMs, identity }) => [atMs, eventIdOf(service, identity)]),
      ],
    };
  });
}

/** What single events are found by. */
function nameCalls(service: string, events: readonly Essence[]): Iterable<ScriptCall> {
  const calls = new Map<string, { script: RedisScript; keys: [string]; args: (string | number)[] }>();
  const add = (script: RedisScript, key: string, ...words: readonly string[]): void => {
    const call = calls.get(key) ?? { script, keys: [key], args: [lifeSeconds] };
    call.args.push(...words);
    calls.set(key, call);
  };
  for (const { identity, atMs, chain, context, links = [] } of events) {
    const id = eventIdOf(service, identity);
    add(addWordScript, redisKeys.contexts(weekOf(atMs)), shortDigest(context), id);
    if (chain !== undefined) {
      add(addScript, redisKeys.chain(chain), id);
    }
    for (const link of links) {
      add(addScript, redisKeys.linked(link), id);
    }
  }
  return calls.values();
}
