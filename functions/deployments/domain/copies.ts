import { dayOf } from './day-figures.ts';
import type { Essence } from './essence.ts';
import { historyOf, type History } from './history.ts';
import { type Run, runsOf } from './runs.ts';
import type { ServiceState } from './service-state.ts';

/** What is found by something else than its service: copied from the service's projection, as of one sequence of it. */
export interface Copies {
  readonly sequence: number;
  /** As in `ServiceState`. */
  readonly days: ReadonlyMap<string, string>;
  /** What runs where. */
  readonly runs: ReadonlyMap<string, Run>;
  /** Events that are new. */
  readonly events: readonly Essence[];
  readonly newestMs: number;
  readonly openIncidents: number;
}

/**
 * @param since the sequence up to which all copies are made
 * @param days which ones to copy
 */
export function copiesOf(
  state: ServiceState,
  since: number,
  days: Iterable<string>,
  history: History = historyOf(state.events.values()),
): Copies {
  return {
    sequence: state.head.sequence,
    days: new Map([...days].map((day) => [day, state.days.get(day) ?? ''])),
    runs: new Map(
      [...runsOf(history.events)].flatMap(([environment, runs]): [string, Run][] => {
        const last = runs.at(-1);
        return last === undefined ? [] : [[environment, last]];
      }),
    ),
    events: history.events.filter(({ sequence }) => sequence > since),
    newestMs: history.events.at(-1)?.atMs ?? 0,
    openIncidents: history.incidents.filter(({ resolvedMs }) => resolvedMs === undefined).length,
  };
}

const weekMs = 7 * 24 * 60 * 60 * 1000;

/** The week of an event, by its first day: counted from the epoch's, a Thursday. */
export const weekOf = (ms: number): string => dayOf(Math.floor(ms / weekMs) * weekMs);
