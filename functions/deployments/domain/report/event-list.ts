import type { EventList } from '../../../contracts/deployment-report.ts';
import { dayOf } from '../day-figures.ts';
import { eventIdOf, parseEventId } from '../identity.ts';
import type { Owners, Scope } from './owners.ts';
import type { Feed, Placed, ReportStore } from './ports.ts';
import { summaryOf } from './summary.ts';

export interface EventQuery extends Scope {
  /** `service.deployed`; with a star at its end, every type that begins so. */
  readonly type?: string | undefined;
  readonly environment?: string | undefined;
  readonly chain?: string | undefined;
  readonly fromMs: number;
  /** Not included. */
  readonly toMs: number;
  /** Where the page before ended. */
  readonly before?: EventPlace | undefined;
  readonly limit: number;
}

/** An event's place in a list: newest first, at the same moment by id. */
export interface EventPlace {
  readonly atMs: number;
  readonly id: string;
}

export const encodePlace = ({ atMs, id }: EventPlace): string => `${atMs}.${id}`;

/** @returns undefined when it is no place */
export function decodePlace(text: string): EventPlace | undefined {
  const [, ms, id] = /^(\d{1,16})\.(.+)$/su.exec(text) ?? [];
  return ms === undefined || id === undefined || parseEventId(id) === undefined
    ? undefined
    : { atMs: Number(ms), id };
}

const oneDayMs = 24 * 60 * 60 * 1000;
/** Events looked at for one page: with a filter that little passes, a page may be short and still have a cursor. */
const mostLookedAt = 2000;
/** Read at a time. */
const portion = 200;

/** Events by the time at which they happened, newest first. */
export async function listEvents(store: ReportStore, owners: Owners, query: EventQuery): Promise<EventList> {
  const passes = filterOf(owners, query);
  const found: Placed[] = [];
  let looked = 0;
  let last: EventPlace | undefined;
  for await (const placed of candidates(store, query)) {
    if (found.length === query.limit || looked === mostLookedAt) {
      return {
        events: found.map((each) => summaryOf(each, owners)),
        ...(last === undefined ? {} : { cursor: encodePlace(last) }),
      };
    }
    looked += 1;
    last = placeOf(placed);
    if (passes(placed)) {
      found.push(placed);
    }
  }
  return { events: found.map((each) => summaryOf(each, owners)) };
}

/** What came in after a cursor and passes, oldest first; waits for it until `deadline`. */
export async function followEvents(
  feed: Feed,
  owners: Owners,
  query: Pick<EventQuery, 'service' | 'team' | 'product' | 'type' | 'environment' | 'chain'>,
  after: string,
  remainingMs: () => number,
): Promise<EventList> {
  const passes = filterOf(owners, query);
  let cursor = after;
  for (;;) {
    const next = await feed.after(cursor, Math.max(0, remainingMs()));
    cursor = next.cursor;
    const events = next.events.filter(passes);
    if (events.length > 0 || remainingMs() <= 0) {
      return { events: events.map((each) => summaryOf(each, owners)), cursor };
    }
  }
}

function filterOf(
  owners: Owners,
  query: Pick<EventQuery, 'service' | 'team' | 'product' | 'type' | 'environment' | 'chain'>,
): (placed: Placed) => boolean {
  const selected = owners.selected(query);
  const services = selected === undefined ? undefined : new Set(selected);
  const { type, environment, chain } = query;
  return ({ service, essence }) =>
    (services === undefined || services.has(service)) &&
    (type === undefined ||
      (type.endsWith('*') ? essence.type.startsWith(type.slice(0, -1)) : essence.type === type)) &&
    (environment === undefined || essence.environment === environment) &&
    (chain === undefined || essence.chain === chain);
}

const placeOf = ({ service, essence }: Placed): EventPlace => ({
  atMs: essence.atMs,
  id: eventIdOf(service, essence.identity),
});

const newestFirst = (a: EventPlace, b: EventPlace): number =>
  b.atMs - a.atMs || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);

/** Every event of the time asked for that may pass, newest first. */
async function* candidates(store: ReportStore, query: EventQuery): AsyncGenerator<Placed> {
  const { service, chain, before, fromMs, toMs } = query;
  const isDue = (place: EventPlace): boolean =>
    place.atMs >= fromMs && place.atMs < toMs && (before === undefined || newestFirst(before, place) < 0);
  if (service !== undefined || chain !== undefined) {
    const all =
      service === undefined
        ? await store.find((await store.chain(chain ?? '')).flatMap((id) => parseEventId(id) ?? []))
        : (await store.events(service)).map((essence) => ({ service, essence }));
    yield* all
      .filter((placed) => isDue(placeOf(placed)))
      .toSorted((a, b) => newestFirst(placeOf(a), placeOf(b)));
    return;
  }
  const newestMs = Math.min(before?.atMs ?? Infinity, toMs - 1);
  for (let dayMs = startOfDay(newestMs); dayMs > fromMs - oneDayMs; dayMs -= oneDayMs) {
    const ids = (await store.idsOn(dayOf(dayMs), newestMs)).filter(isDue);
    for (let first = 0; first < ids.length; first += portion) {
      yield* await store.find(ids.slice(first, first + portion).flatMap(({ id }) => parseEventId(id) ?? []));
    }
  }
}

const startOfDay = (ms: number): number => Math.floor(ms / oneDayMs) * oneDayMs;
