import type { RedisClient } from '../../kernel/redis.ts';
import { createHash } from 'node:crypto';
import { decodeEssence } from '../domain/encode-essence.ts';
import { redisKeys } from './redis-keys.ts';

/** Services digested at the same time. */
const atOnce = 50;

/**
 * One hash of the whole projection and of what is copied from it by day and environment: equal for equal ones, however they came about. Copies of single events are
 * left out: they expire by themselves.
 */
export async function digestProjection(client: RedisClient): Promise<string> {
  const lines = await client.hgetall(redisKeys.services);
  const services = Object.keys(lines).toSorted();
  const digest = createHash('sha256');
  const days = new Set<string>();
  const environments = new Set<string>();
  for (let first = 0; first < services.length; first += atOnce) {
    const group = services.slice(first, first + atOnce);
    const states = await Promise.all(
      group.map(async (service) => ({
        service,
        head: await client.hmget(redisKeys.head(service), 'sequence', 'hash', 'epoch'),
        events: await client.hgetall(redisKeys.events(service)),
        days: withoutGone(await client.hgetall(redisKeys.days(service))),
      })),
    );
    for (const state of states) {
      Object.keys(state.days).forEach((day) => days.add(day));
      environmentsIn(state.events).forEach((environment) => environments.add(environment));
      digest.update(
        JSON.stringify([
          state.service,
          state.head,
          sorted(state.events),
          sorted(state.days),
          lines[state.service]?.split('|')[1],
        ]),
      );
    }
  }
  for (const key of [
    ...[...days].toSorted().map(redisKeys.day),
    ...[...environments].toSorted().map(redisKeys.environment),
  ]) {
    digest.update(JSON.stringify([key, sorted(valuesOnly(await client.hgetall(key)))]));
  }
  return digest.digest('hex');
}

/** Where there are no figures any more, a replay finds that there never were. */
const withoutGone = (days: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(days).filter(([, figures]) => figures !== ''));

const sorted = (hash: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(hash).toSorted(([a], [b]) => (a < b ? -1 : 1));

/** A copy says of which sequence it was made; one that did not change since is not made again. */
const valuesOnly = (hash: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(hash).flatMap(([field, value]) => {
      const copied = value.slice(value.indexOf('|') + 1);
      return copied === '' ? [] : [[field, copied]];
    }),
  );

const environmentsIn = (events: Readonly<Record<string, string>>): string[] =>
  Object.entries(events).flatMap(([identity, text]) => decodeEssence(identity, text).environment ?? []);
