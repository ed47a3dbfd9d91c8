import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { askBeforeLeaving } from '../../personalise/ask-before-leaving.ts';
import type { EditorDocument } from '../state/document.ts';
import type { LocalFiles } from '../state/files.ts';
import { isUntouched, newWork, type Work } from './work.ts';
import type { WorkStore } from './work-store.ts';

/** Each tab goes on with its own work when it is reloaded. */
const tabKey = 'fanfare-studio-work';
/** Letters that are typed are not written one by one. */
const settleMs = 300;

export interface Works {
  /** The newest first; undefined until this browser has said what it keeps. */
  readonly all: readonly Work[] | undefined;
  /** What this tab goes on with. */
  readonly current: Work | undefined;
  /** Whether the last change could not be kept: it ends with the page. */
  readonly isForgetful: boolean;
  readonly begin: (document: EditorDocument, files: LocalFiles) => void;
  readonly open: (work: Work) => void;
  readonly change: (id: string, change: (work: Work) => Work) => void;
  readonly discard: (id: string) => void;
}

/** The works of this browser, every change of which is kept. */
export function useWorks(store: WorkStore): Works {
  const [all, setAll] = useState<readonly Work[]>();
  const [currentId, setCurrentId] = useState(() => sessionStorage.getItem(tabKey));
  const [isForgetful, setForgetful] = useState(false);
  const newest = useRef<readonly Work[]>([]);

  const actions = useMemo(() => {
    const pending = new Map<string, Work>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (works: readonly Work[]): void => {
      newest.current = works.toSorted((one, other) => other.changedAt - one.changedAt);
      setAll(newest.current);
    };
    /** The browser may be full, or keep nothing: who works goes on, and is told. */
    const attempt = async (work: () => Promise<void>): Promise<void> => {
      try {
        await work();
        setForgetful(false);
      } catch (error) {
        reportError(error);
        setForgetful(true);
      }
    };
    const flush = (): void => {
      clearTimeout(timer);
      timer = undefined;
      const works = [...pending.values()];
      pending.clear();
      for (const work of works) {
        void attempt(() => store.put(work));
      }
    };
    const keep = (work: Work): void => {
      pending.set(work.id, work);
      // Not put off by the next change: who never stops typing is kept, too.
      timer ??= setTimeout(flush, settleMs);
      show([work, ...newest.current.filter(({ id }) => id !== work.id)]);
    };
    const open = ({ id }: Work): void => {
      sessionStorage.setItem(tabKey, id);
      setCurrentId(id);
    };
    const discard = (id: string): void => {
      void attempt(async () => {
        pending.delete(id);
        await store.discard(id);
        show(newest.current.filter((work) => work.id !== id));
      });
    };
    return {
      flush,
      open,
      load: (): void => {
        void attempt(async () => {
          try {
            show([...newest.current, ...(await store.list())]);
          } finally {
            show(newest.current);
          }
        });
      },
      begin: (document: EditorDocument, files: LocalFiles): void => {
        for (const { id } of newest.current.filter(isUntouched)) {
          discard(id);
        }
        const work = newWork(document, files, Date.now());
        open(work);
        keep(work);
        flush();
      },
      change: (id: string, change: (work: Work) => Work): void => {
        const work = newest.current.find((each) => each.id === id);
        if (work !== undefined) {
          keep({ ...change(work), changedAt: Date.now() });
        }
      },
      discard,
    };
  }, [store]);

  useEffect(() => {
    actions.load();
    addEventListener('pagehide', actions.flush);
    document.addEventListener('visibilitychange', actions.flush);
    return () => {
      removeEventListener('pagehide', actions.flush);
      document.removeEventListener('visibilitychange', actions.flush);
      actions.flush();
    };
  }, [actions]);
  useEffect(() => (isForgetful ? askBeforeLeaving() : undefined), [isForgetful]);
  return { all, current: all?.find(({ id }) => id === currentId) ?? all?.[0], isForgetful, ...actions };
}
