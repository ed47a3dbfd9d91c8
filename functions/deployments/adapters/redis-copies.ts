import type { RedisClient } from '../../kernel/redis.ts';
import type { Clock } from '../../kernel/clock.ts';
import { type Copies, weekOf } from '../domain/copies.ts';
import { dayOf } from '../domain/day-figures.ts';
import { encodeEssence } from '../domain/encode-essence.ts';
import { eventIdOf, shortDigest } from '../domain/identity.ts';
import { redisKeys } from './redis-keys.ts';
import { addWordScript, feedScript, newerScript, runScript, spreadScript } from './redis-scripts.ts';

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
  const { sequence, events } = copies;
  await Promise.all([
    ...[...copies.days].map(([day, figures]) =>
      runScript(client, newerScript, [redisKeys.day(day)], [sequence, service, figures]),
    ),
    ...[...copies.runs].map(([environment, { atMs, artifact, how, event }]) =>
      runScript(
        client,
        newerScript,
        [redisKeys.environment(environment)],
        [sequence, service, JSON.stringify([atMs, artifact ?? null, how, event])],
      ),
    ),
    runScript(
      client,
      newerScript,
      [redisKeys.services],
      [sequence, service, `${copies.newestMs},${copies.openIncidents}`],
    ),
    ...writeEvents(client, service, copies),
    runScript(
      client,
      feedScript,
      [redisKeys.fed, redisKeys.feed],
      [
        service,
        feedLength,
        sequence,
        ...events
          .filter(({ receivedMs }) => receivedMs > clock() - newsMs)
          .toSorted((a, b) => a.sequence - b.sequence)
          .flatMap((essence) => [essence.sequence, essence.identity, encodeEssence(essence)]),
      ],
    ),
  ]);
  await runScript(client, spreadScript, [redisKeys.head(service)], [sequence]);
}

function writeEvents(client: RedisClient, service: string, { events }: Copies): Promise<unknown>[] {
  const days = Map.groupBy(events, ({ atMs }) => redisKeys.eventsOn(dayOf(atMs)));
  const contexts = Map.groupBy(events, ({ atMs }) => redisKeys.contexts(weekOf(atMs)));
  const sets = Map.groupBy(
    events.flatMap(({ identity, chain, links }) => [
      ...(chain === undefined ? [] : [{ key: redisKeys.chain(chain), identity }]),
      ...(links ?? []).map((context) => ({ key: redisKeys.linked(context), identity })),
    ]),
    ({ key }) => key,
  );
  return [
    ...[...days].flatMap(([key, each]) => [
      client.zadd(key, ...each.flatMap(({ atMs, identity }) => [atMs, eventIdOf(service, identity)])),
      client.expire(key, lifeSeconds),
    ]),
    ...[...contexts].map(([key, each]) =>
      runScript(
        client,
        addWordScript,
        [key],
        [
          lifeSeconds,
          ...each.flatMap(({ context, identity }) => [shortDigest(context), eventIdOf(service, identity)]),
        ],
      ),
    ),
    ...[...sets].flatMap(([key, each]) => [
      client.sadd(key, ...each.map(({ identity }) => eventIdOf(service, identity))),
      client.expire(key, lifeSeconds),
    ]),
  ];
}
