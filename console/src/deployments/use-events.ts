import { useEffect, useRef, useState } from 'preact/hooks';
import type { EventSummary } from '../../../functions/contracts/deployment-report.ts';
import { listEvents } from '../api/deployments.ts';
import { type Pause, withPatience } from '../api/patience.ts';
import { pause as pauseFor } from '../api/pause.ts';

export interface EventsView {
  /** Newest first. */
  readonly events: readonly EventSummary[];
  /** Whether the list has been read once. */
  readonly isThere: boolean;
  /** How to ask for older ones; undefined when all are there. */
  readonly older: Readonly<Record<string, string>> | undefined;
  readonly pause: Pause | undefined;
  readonly error: unknown;
}

/** Kept while they come in: a page that is open for weeks stays as light as it was. Whoever asks for older ones gets more room. */
const firstRoom = 300;
/** The list is for looking, the API is for all. */
const mostRoom = 2000;
const portion = 200;
/** Of a team of which little happens, pages may be short or empty although there is more behind them: so many are read at first. */
const mostFirstPages = 5;
const enough = 20;
/** In a flood of events the list is drawn so often at most, in milliseconds. */
const shortestRoundMs = 400;

/**
 * The events of a scope, newest first, and what comes in while the page is open.
 *
 * @param onNews told when something came in
 */
export function useEvents(
  token: string,
  scope: Readonly<Record<string, string>>,
  onNews: () => void,
): readonly [EventsView, more: () => void, again: () => void] {
  const [view, setView] = useState<EventsView>(nothing);
  const [round, setRound] = useState(0);
  const room = useRef(firstRoom);
  const running = useRef<AbortController>(undefined);
  const key = JSON.stringify(scope);
  const onPause = (pause: Pause | undefined): void => {
    setView((last) => ({ ...last, pause }));
  };
  const ask = (query: Readonly<Record<string, string>>, signal: AbortSignal) =>
    withPatience(() => listEvents(token, { ...scope, ...query }, signal), {
      signal,
      onPause,
      attempts: Number.POSITIVE_INFINITY,
    });
  const unlessLeft = async (signal: AbortSignal, work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      if (!signal.aborted) {
        setView((last) => ({ ...last, error }));
      }
    }
  };
  const add = (events: readonly EventSummary[], older: (last: EventsView) => EventsView['older']): void => {
    setView((last) => within(room.current, { ...last, older: older(last) }, events));
  };
  const readOlder = async (query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<void> => {
    const { value } = await ask({ ...query, limit: String(portion) }, signal);
    add(value.events, () => (value.cursor === undefined ? undefined : { before: value.cursor }));
  };
  const follow = async (signal: AbortSignal): Promise<void> => {
    // The end of the feed first: what comes in while the list is read is in both, and shown once.
    let { cursor } = (await ask({ after: 'now' }, signal)).value;
    let query: Readonly<Record<string, string>> = {};
    let count = 0;
    for (let pages = 0; pages < mostFirstPages; pages += 1) {
      const { value } = await ask({ ...query, limit: '100' }, signal);
      count += value.events.length;
      const older = value.cursor === undefined ? undefined : { before: value.cursor };
      add(value.events, () => older);
      if (older === undefined || count >= enough) {
        break;
      }
      query = older;
    }
    setView((last) => ({ ...last, isThere: true }));
    for (;;) {
      const asked = performance.now();
      const { value } = await ask({ after: cursor ?? 'now', wait: '20' }, signal);
      ({ cursor } = value);
      if (value.events.length > 0) {
        add(value.events, ({ older }) => older);
        onNews();
      }
      await pauseFor(Math.max(0, shortestRoundMs - (performance.now() - asked)), signal);
    }
  };
  useEffect(() => {
    const controller = new AbortController();
    running.current = controller;
    room.current = firstRoom;
    setView(nothing);
    void unlessLeft(controller.signal, follow(controller.signal));
    return () => {
      controller.abort();
    };
    // `scope` is a new object at every drawing; `key` says when it means something else.
  }, [token, key, round]);
  const more = (): void => {
    const signal = running.current?.signal;
    if (view.older !== undefined && signal !== undefined) {
      room.current = Math.min(mostRoom, Math.max(room.current, view.events.length) + portion);
      void unlessLeft(signal, readOlder(view.older, signal));
    }
  };
  return [
    view,
    more,
    () => {
      setRound((last) => last + 1);
    },
  ];
}

const nothing: EventsView = {
  events: [],
  isThere: false,
  older: undefined,
  pause: undefined,
  error: undefined,
};

/** With more events, each once, newest first, and of all no more than there is room for. */
function within(room: number, view: EventsView, events: readonly EventSummary[]): EventsView {
  const byId = new Map([...view.events, ...events].map((event) => [event.id, event]));
  const all = [...byId.values()].toSorted(
    (a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.id < b.id ? 1 : -1),
  );
  const kept = all.slice(0, room);
  const last = kept.at(-1);
  return kept.length === all.length || last === undefined
    ? { ...view, events: kept }
    : // What had no room can be asked for again: with those of the same moment, which are shown once.
      { ...view, events: kept, older: { to: new Date(Date.parse(last.at) + 1).toISOString() } };
}
