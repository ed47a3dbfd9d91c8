import type { RedisClient } from '../../kernel/redis.ts';
import { chainStart } from '../domain/chain.ts';
import { decodeEssence, encodeEssence } from '../domain/encode-essence.ts';
import type { ServiceState, ServiceStep } from '../domain/service-state.ts';
import { redisKeys } from './redis-keys.ts';
import { runScript, takeScript } from './redis-scripts.ts';

/** What is known of nobody yet. */
export const emptyState: ServiceState = { head: chainStart, epoch: 0, events: new Map(), days: new Map() };

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

/** A service's projection as it is. Its keys are read one after another: `write` refuses what was worked out from a mixture. */
export async function readState(client: RedisClient, service: string): Promise<ServiceState> {
  const progress = await readProgress(client, service);
  if (progress === undefined) {
    return emptyState;
  }
  const [events, days] = await Promise.all([
    client.hgetall(redisKeys.events(service)),
    client.hgetall(redisKeys.days(service)),
  ]);
  return {
    head: { sequence: progress.sequence, hash: progress.hash },
    epoch: progress.epoch,
    events: new Map(
      Object.entries(events).map(([identity, text]) => [identity, decodeEssence(identity, text)]),
    ),
    days: new Map(Object.entries(days)),
  };
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
  const there = await runScript(
    client,
    takeScript,
    [redisKeys.head(service), redisKeys.events(service), redisKeys.days(service)],
    [
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
  );
  return String(there) === String(state.head.sequence);
}
