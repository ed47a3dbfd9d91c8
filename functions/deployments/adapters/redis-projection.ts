import type { ArchivedEvent } from '../../contracts/deployment-event.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Redis, RedisClient } from '../../kernel/redis.ts';
import { copiesOf } from '../domain/copies.ts';
import type { Counted } from '../domain/day-figures.ts';
import type { Projection } from '../domain/ports.ts';
import { type ServiceState, takeIn } from '../domain/service-state.ts';
import { writeCopies } from './redis-copies.ts';
import { lookAt, readProgress, readState, writeStep } from './redis-service-state.ts';

/** Events that one execution environment remembers, over all services: some 25 MB. */
const mostRemembered = 25_000;
/** Writers that meet; each time one of them gets ahead. */
const maxTries = 10;

/**
 * The projection in Redis. A service's own keys are written by one atomic script a step, which refuses to step from elsewhere; then the copies that are found by
 * something else than the service. Copies that a crash prevented are made by whoever asks for the service's head next.
 *
 * @param counts the environments that figures are made of
 */
export function createProjection(redis: Redis, counts: Counted, clock: Clock): Projection {
  const remembered = createMemory();

  const settle = async (client: RedisClient, service: string, spread: number): Promise<void> => {
    const { state } = await readState(client, service);
    await writeCopies(client, service, copiesOf(state, spread, state.days.keys()), clock);
  };

  const take = async (
    client: RedisClient,
    service: string,
    records: readonly ArchivedEvent[],
  ): Promise<boolean> => {
    const known = remembered.take(service);
    const from =
      known === undefined ? await readState(client, service) : { state: known, spread: known.head.sequence };
    let { state } = from;
    // Whoever took in the last records may have died before their copies were made.
    const days = new Set(from.spread < state.head.sequence ? state.days.keys() : []);
    let copies: ReturnType<typeof copiesOf> | undefined;
    // What is remembered may be behind what is there.
    if (known !== undefined && isBehind(known, records)) {
      return false;
    }
    for (const step of takeIn(state, records, counts)) {
      if (!(await writeStep(client, service, state, step))) {
        return false;
      }
      for (const day of step.days.keys()) {
        days.add(day);
      }
      state = step.state;
      copies = copiesOf(state, from.spread, days, step.history);
    }
    if (copies !== undefined) {
      await writeCopies(client, service, copies, clock);
    }
    remembered.put(service, state);
    return true;
  };

  return {
    head: (service) =>
      redis.use(async (client) => {
        const progress = await readProgress(client, service);
        if (progress === undefined) {
          remembered.take(service);
          return undefined;
        }
        if (progress.spread < progress.sequence) {
          await settle(client, service, progress.spread);
        }
        return { sequence: progress.sequence, hash: progress.hash };
      }),
    look: (service, identities) =>
      redis.use(async (client) => {
        const there = await lookAt(client, service, identities);
        if (there === undefined) {
          remembered.take(service);
          return undefined;
        }
        if (there.spread < there.sequence) {
          await settle(client, service, there.spread);
        }
        return { head: { sequence: there.sequence, hash: there.hash }, known: there.known };
      }),
    apply: (service, records) =>
      redis.use(async (client) => {
        for (let tries = 0; tries < maxTries; tries += 1) {
          if (await take(client, service, records)) {
            return;
          }
        }
        throw new Error(`Others project ${service} faster than this one can.`);
      }),
  };
}

const isBehind = ({ head }: ServiceState, records: readonly ArchivedEvent[]): boolean =>
  (records[0]?.sequence ?? 0) > head.sequence + 1;

/** The services that were projected last. Whoever takes one from it puts it back when it is sure to be as it is in Redis. */
function createMemory() {
  const states = new Map<string, ServiceState>();
  let size = 0;
  const take = (service: string): ServiceState | undefined => {
    const state = states.get(service);
    size -= state?.events.size ?? 0;
    states.delete(service);
    return state;
  };
  return {
    take,
    put: (service: string, state: ServiceState): void => {
      take(service);
      states.set(service, state);
      size += state.events.size;
      for (const oldest of states.keys()) {
        if (size <= mostRemembered) {
          break;
        }
        take(oldest);
      }
    },
  };
}
