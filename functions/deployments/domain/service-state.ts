import type { ArchivedEvent } from '../../contracts/deployment-event.ts';
import { type Counted, type DayFigures, dayFiguresOf, encodeDay } from './day-figures.ts';
import { changeable, epochOf, isFinal, keptAt } from './epoch.ts';
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
  /** Encoded figures by day. */
  readonly days: ReadonlyMap<string, string>;
}

/** What a step of the projection changed; figures without a value are gone. */
export interface ServiceStep {
  readonly state: ServiceState;
  readonly history: History;
  readonly added: readonly Essence[];
  readonly forgotten: readonly string[];
  readonly figures: ReadonlyMap<string, DayFigures | undefined>;
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
  const figures = changedFigures(state.days, epoch, history, counts);
  const days = new Map(state.days);
  for (const [day, sums] of figures) {
    if (sums === undefined) {
      days.delete(day);
    } else {
      days.set(day, encodeDay(sums));
    }
  }
  return {
    state: { head, epoch, events, days },
    history,
    added,
    forgotten: [...state.events.keys()].filter((identity) => !events.has(identity)),
    figures,
  };
}

function changedFigures(
  before: ReadonlyMap<string, string>,
  epoch: number,
  history: History,
  counts: Counted,
): Map<string, DayFigures | undefined> {
  const now = changeable(epoch, dayFiguresOf(history, counts));
  const there = new Set(now.map(([day]) => day));
  return new Map<string, DayFigures | undefined>([
    ...now.filter(([day, sums]) => before.get(day) !== encodeDay(sums)),
    ...[...before.keys()]
      .filter((day) => !there.has(day) && !isFinal(epoch, day))
      .map((day): [string, undefined] => [day, undefined]),
  ]);
}
