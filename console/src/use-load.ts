import { useEffect, useState } from 'preact/hooks';
import { type Pause, withPatience } from './api/patience.ts';

export type Load<T> =
  | { readonly state: 'loading'; readonly pause: Pause | undefined }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly error: unknown };

/** Loads something when `key` changes, with patience; `again` starts over. */
export function useLoad<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
): readonly [Load<T>, again: () => void] {
  const [round, setRound] = useState(0);
  const [loaded, setLoaded] = useState<Load<T>>({ state: 'loading', pause: undefined });
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const onPause = (pause: Pause | undefined): void => {
      setLoaded({ state: 'loading', pause });
    };
    const run = async (): Promise<void> => {
      try {
        setLoaded({ state: 'ready', value: await withPatience(() => load(signal), { signal, onPause }) });
      } catch (error) {
        if (!signal.aborted) {
          setLoaded({ state: 'failed', error });
        }
      }
    };
    onPause(undefined);
    void run();
    return () => {
      controller.abort();
    };
    // `load` is a new function at every drawing; `key` says when it means something else.
  }, [key, round]);
  return [
    loaded,
    () => {
      setRound((last) => last + 1);
    },
  ];
}
