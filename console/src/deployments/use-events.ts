import { useEffect, useState } from 'preact/hooks';
import type { EventSummary } from '../../../functions/contracts/deployment-report.ts';
import { listEvents } from '../api/deployments.ts';
import { type Pause, withPatience } from '../api/patience.ts';

export interface EventsView {
  /** Newest first. */
  readonly events: readonly EventSummary[];
  /** Whether the list has been read once. */
  readonly isThere: boolean;
  /** Where older ones begin; undefined when all are there. */
  readonly older: string | undefined;
  readonly pause: Pause | undefined;
  readonly error: unknown;
}

/** Shown at most: the list is for looking, the API is for all. */
const most = 2000;

/**
 * The events of a scope, newest first, and what comes in while the page is open.
 *
 * @param onNews told when something came in
 */
export function useEvents(
  token: string,
  scope: Readonly<Record<string, string>>,
  onNews: () => void,
): readonly [EventsView, more: () => void] {
  const [view, setView] = useState<EventsView>(nothing);
  const key = JSON.stringify(scope);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const onPause = (pause: Pause | undefined): void => {
      setView((last) => ({ ...last, pause }));
    };
    const ask = (query: Readonly<Record<string, string>>) =>
      withPatience(() => listEvents(token, { ...scope, ...query }, signal), {
        signal,
        onPause,
        attempts: Number.POSITIVE_INFINITY,
      });
    const follow = async (): Promise<void> => {
      try {
        // The end of the feed first: what comes in while the list is read is in both, and shown once.
        let { cursor } = (await ask({ after: 'now' })).value;
        const list = (await ask({ limit: '100' })).value;
        setView({ ...nothing, events: list.events, older: list.cursor, isThere: true });
        for (;;) {
          const { value } = await ask({ after: cursor ?? 'now', wait: '20' });
          ({ cursor } = value);
          if (value.events.length > 0) {
            setView((last) => ({ ...last, events: merged(last.events, value.events) }));
            onNews();
          }
        }
      } catch (error) {
        if (!signal.aborted) {
          setView((last) => ({ ...last, error }));
        }
      }
    };
    setView(nothing);
    void follow();
    return () => {
      controller.abort();
    };
    // `scope` is a new object at every drawing; `key` says when it means something else.
  }, [token, key]);
  const readMore = async (before: string): Promise<void> => {
    try {
      const { value } = await listEvents(
        token,
        { ...scope, limit: '200', before },
        new AbortController().signal,
      );
      setView((last) => ({ ...last, events: merged(last.events, value.events), older: value.cursor }));
    } catch (error) {
      setView((last) => ({ ...last, error }));
    }
  };
  const more = (): void => {
    if (view.older !== undefined) {
      void readMore(view.older);
    }
  };
  return [view, more];
}

const nothing: EventsView = {
  events: [],
  isThere: false,
  older: undefined,
  pause: undefined,
  error: undefined,
};

/** Each once, newest first. */
function merged(some: readonly EventSummary[], others: readonly EventSummary[]): EventSummary[] {
  const byId = new Map([...some, ...others].map((event) => [event.id, event]));
  return [...byId.values()]
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.id < b.id ? 1 : -1))
    .slice(0, most);
}
