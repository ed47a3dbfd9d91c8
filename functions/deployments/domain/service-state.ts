import type { ArchivedEvent } from '../../contracts/deployment-event.ts';
import { type Counted, dayFiguresOf } from './day-figures.ts';
import { epochOf, isFinal, keptAt } from './epoch.ts';
import { type Essence, essenceOf } from './essence.ts';
import { type History, historyOf } from './history.ts';
import type { ChainHead } from './ports.ts';

/** The projection of one service. */
export interface ServiceState {
  /** The last record that is in. */
  readonly head: ChainHead;
  /** Of that record. */
  readonly epoch: number;
  /** By identity. */
  readonly events: ReadonlyMap<string, Essence>;
  /** Figures by day, as JSON; '' where there were some and are none any more: its copies must learn of it. */
  readonly days: ReadonlyMap<string, string>;
}

/** What a step of the projection changed. */
export interface ServiceStep {
  readonly state: ServiceState;
  readonly history: History;
  readonly added: readonly Essence[];
  readonly forgotten: readonly string[];
  /** Days that changed, as in `ServiceState`. */
  readonly days: ReadonlyMap<string, string>;
}

/** Records come in the order of their chain; one is missing before these. */
export class MissingRecords extends Error {
  override readonly name = 'MissingRecords';
}

/**
 * Takes records of one service in, one epoch at a time. Records that are in already change nothing.
 *
 * @param records in the order of their chain
 * @throws MissingRecords when they do not follow the state's head
 */
export function* takeIn(
  state: ServiceState,
  records: readonly ArchivedEvent[],
  counts: Counted,
): Generator<ServiceStep> {
  let current = state;
  let { epoch } = state;
  const fresh = records
    .filter(({ sequence }) => sequence > state.head.sequence)
    .map((record) => {
      // A chain does not go back to an epoch that it has left.
      epoch = Math.max(epoch, epochOf(Date.parse(record.received.at)));
      return { epoch, record };
    });
  for (const [its, group] of Map.groupBy(fresh, (each) => each.epoch)) {
    const step = stepOf(
      current,
      its,
      group.map(({ record }) => record),
      counts,
    );
    yield step;
    current = step.state;
  }
}

function stepOf(
  state: ServiceState,
  epoch: number,
  records: readonly ArchivedEvent[],
  counts: Counted,
): ServiceStep {
  const kept = epoch > state.epoch ? keptAt(epoch, [...state.events.values()]) : [...state.events.values()];
  const events = new Map(kept.map((essence) => [essence.identity, essence]));
  const added: Essence[] = [];
  let { head } = state;
  for (const record of records) {
    if (record.sequence !== head.sequence + 1) {
      throw new MissingRecords(`${record.service}: after ${head.sequence} came ${record.sequence}`);
    }
    head = { sequence: record.sequence, hash: record.hash };
    const essence = essenceOf(record);
    if (!events.has(essence.identity)) {
      events.set(essence.identity, essence);
      added.push(essence);
    }
  }
  const history = historyOf(events.values());
  const days = changedDays(state.days, epoch, history, counts);
  return {
    state: { head, epoch, events, days: new Map([...state.days, ...days]) },
    history,
    added,
    forgotten: [...state.events.keys()].filter((identity) => !events.has(identity)),
    days,
  };
}

/** The days that are not final and whose figures are others than before. */
function changedDays(
  before: ReadonlyMap<string, string>,
  epoch: number,
  history: History,
  counts: Counted,
): Map<string, string> {
  const now = dayFiguresOf(history, counts);
  const days = new Set([...before.keys(), ...now.keys()]);
  return new Map(
    [...days]
      .filter((day) => !isFinal(epoch, day))
      .map((day): [string, string] => [day, now.has(day) ? JSON.stringify(now.get(day)) : ''])
      .filter(([day, text]) => text !== (before.get(day) ?? '')),
  );
}
