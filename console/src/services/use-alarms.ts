import { useEffect, useState } from 'preact/hooks';
import type { Pause } from '../api/patience.ts';
import { type AlarmsSighting, isNotPublished, watchAlarms } from '../api/watch-alarms.ts';

/** What is known of the stage's alarms. */
export interface AlarmsView {
  /** The latest; kept while a newer one cannot be had. */
  readonly sighting: AlarmsSighting | undefined;
  /** Whether there is anything to be read at all; undefined until the first answer. */
  readonly published: boolean | undefined;
  /** While the page waits before it asks again. */
  readonly pause: Pause | undefined;
  /** What ended the watch, other than that nothing is published. */
  readonly error: unknown;
}

/** Follows the alarms of the stage; `again` starts over after an error. */
export function useAlarms(): readonly [AlarmsView, again: () => void] {
  const [view, setView] = useState<AlarmsView>({
    sighting: undefined,
    published: undefined,
    pause: undefined,
    error: undefined,
  });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    setView((last) => ({ ...last, error: undefined }));
    watchAlarms({
      signal,
      onSighting: (sighting) => {
        setView({ sighting, published: true, pause: undefined, error: undefined });
      },
      onPause: (pause) => {
        setView((last) => ({ ...last, pause }));
      },
    }).catch((error: unknown) => {
      if (signal.aborted) {
        return;
      }
      setView((last) =>
        isNotPublished(error)
          ? { sighting: undefined, published: false, pause: undefined, error: undefined }
          : { ...last, pause: undefined, error },
      );
    });
    return () => {
      controller.abort();
    };
  }, [round]);
  return [
    view,
    () => {
      setRound((last) => last + 1);
    },
  ];
}
