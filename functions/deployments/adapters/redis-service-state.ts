import * as z from 'zod';
import type { RedisClient } from '../../kernel/redis.ts';
import { chainStart } from '../domain/chain.ts';
import { decodeEssence, encodeEssence } from '../domain/encode-essence.ts';
import type { ServiceState, ServiceStep } from '../domain/service-state.ts';
import { redisKeys } from './redis-keys.ts';
import { runScript } from './redis-run-scripts.ts';
import { lookScript, takeScript } from './redis-scripts.ts';

/** What is known of nobody yet. */
const emptyState: ServiceState = { head: chainStart, epoch: 0, events: new Map(), days: new Map() };

/** How far a service's projection is, and how far the copies that are made of it. */
export interface Progress {
  readonly sequence: number;
  readonly hash: string;
  readonly epoch: number;
  readonly spread: number;
}

export async function readProgress(client: RedisClient, service: string): Promise<Progress | undefined> {
  const [sequence, hash, epoch, spread] = await client.hmget(
    redisKeys.head(service),
    'sequence',
    'hash',
    'epoch',
    'spread',
  );
  return typeof sequence !== 'string' || typeof hash !== 'string'
    ? undefined
    : { sequence: Number(sequence), hash, epoch: Number(epoch ?? 0), spread: Number(spread ?? 0) };
}

/** What `lookScript` answers. */
const lookAnswer = z.tuple([
  z.tuple([z.string().nullable(), z.string().nullable(), z.string().nullable()]),
  z.array(z.number()),
]);

/** How far a service is, and which of these events are in it, as of one moment; undefined when nothing is known of it. */
export async function lookAt(
  client: RedisClient,
  service: string,
  identities: readonly string[],
): Promise<(Omit<Progress, 'epoch'> & { readonly known: ReadonlySet<string> }) | undefined> {
  const keys = [redisKeys.head(service), redisKeys.events(service)] as const;
  const [[sequence, hash, spread], there] = lookAnswer.parse(
    await runScript(client, { script: lookScript, keys, args: identities }),
  );
  return sequence === null || hash === null
    ? undefined
    : {
        sequence: Number(sequence),
        hash,
        spread: Number(spread ?? 0),
        known: new Set(identities.filter((_, index) => there[index] === 1)),
      };
}

/**
 * A service's projection as it is, and up to which sequence its copies are made. Its keys are read one after another: `writeStep` refuses what was worked out from a
 * mixture.
 */
export async function readState(
  client: RedisClient,
  service: string,
): Promise<{ readonly state: ServiceState; readonly spread: number }> {
  const progress = await readProgress(client, service);
  if (progress === undefined) {
    return { state: emptyState, spread: 0 };
  }
  const [events, days] = await Promise.all([
    client.hgetall(redisKeys.events(service)),
    client.hgetall(redisKeys.days(service)),
  ]);
  const state = {
    head: { sequence: progress.sequence, hash: progress.hash },
    epoch: progress.epoch,
    events: new Map(
      Object.entries(events).map(([identity, text]) => [identity, decodeEssence(identity, text)]),
    ),
    days: new Map(Object.entries(days)),
  };
  return { state, spread: progress.spread };
}

/**
 * One atomic step.
 *
 * @returns whether it was made; not when the projection is not at `before` any more
 */
export async function writeStep(
  client: RedisClient,
  service: string,
  before: ServiceState,
  { state, added, forgotten, days }: ServiceStep,
): Promise<boolean> {
  const there = await runScript(client, {
    script: takeScript,
    keys: [redisKeys.head(service), redisKeys.events(service), redisKeys.days(service)],
    args: [
      before.head.sequence,
      state.head.sequence,
      state.head.hash,
      state.epoch,
      added.length,
      days.size,
      forgotten.length,
      ...added.flatMap((essence) => [essence.identity, encodeEssence(essence)]),
      ...[...days].flat(),
      ...forgotten,
    ],
  });
  return String(there) === String(state.head.sequence);
}
