import { changesOf, type Changes } from './changes.ts';
import { type Deployment, deploymentsOf } from './deployments.ts';
import type { Essence } from './essence.ts';
import { byEventTime } from './event-order.ts';
import { type Incident, incidentsOf } from './incidents.ts';

/** What happened to one service: a function of the set of its events, whatever their order, repetition and delay were. */
export interface History {
  /** Oldest first. */
  readonly events: readonly Essence[];
  readonly deployments: readonly Deployment[];
  readonly incidents: readonly Incident[];
  readonly changes: Changes;
}

export function historyOf(unordered: Iterable<Essence>): History {
  const events = [...unordered].toSorted(byEventTime);
  const incidents = incidentsOf(events);
  const changes = changesOf(events);
  return { events, incidents, changes, deployments: deploymentsOf(events, incidents, changes) };
}
