import type { History } from '../state/history.ts';
import type { LocalFile, LocalFiles } from '../state/files.ts';
import type { Asked, Work } from './work.ts';

/** Keeps works in this browser until they are discarded. Every method rejects with a DOMException when the browser keeps nothing, or is full. */
export interface WorkStore {
  /** All, the newest first. */
  list(): Promise<Work[]>;
  /** Keeps it as it is now; files that were kept before are not written again. */
  put(work: Work): Promise<void>;
  discard(id: string): Promise<void>;
}

interface KeptWork {
  readonly id: string;
  readonly changedAt: number;
  readonly history: History;
  readonly asked: Asked | undefined;
  readonly picture: Blob | undefined;
}

interface KeptFile extends LocalFile {
  readonly work: string;
  /** `local:<n>`. */
  readonly upload: string;
}

const databaseName = 'fanfare-studio';
const version = 1;

let database: Promise<IDBDatabase> | undefined;

/** What this page has written or read, by work and name: files are large and never change but for the name that the server gave them. */
const written = new Map<string, LocalFile>();

export const workStore: WorkStore = {
  async list() {
    const [works, files] = await transact('readonly', (works, files) => [
      answerOf<KeptWork[]>(works.getAll()),
      answerOf<KeptFile[]>(files.getAll()),
    ]);
    return works.map((work) => join(work, files)).toSorted((one, other) => other.changedAt - one.changedAt);
  },

  async put({ id, changedAt, history, asked, picture, files }) {
    const news = [...files].filter(([upload, file]) => written.get(`${id} ${upload}`) !== file);
    await transact('readwrite', (works, kept) => [
      answerOf(works.put({ id, changedAt, history, asked, picture } satisfies KeptWork)),
      ...news.map(([upload, file]) => answerOf(kept.put({ work: id, upload, ...file } satisfies KeptFile))),
    ]);
    for (const [upload, file] of news) {
      written.set(`${id} ${upload}`, file);
    }
  },

  async discard(id) {
    await transact('readwrite', (works, files) => [
      answerOf(works.delete(id)),
      answerOf(files.delete(ofWork(id))),
    ]);
  },
};

function join({ id, changedAt, history, asked, picture }: KeptWork, all: readonly KeptFile[]): Work {
  const files: LocalFiles = new Map(
    all
      .filter(({ work }) => work === id)
      .map(({ upload, blob, name, uploaded }) => {
        const file = { blob, name, uploaded };
        written.set(`${id} ${upload}`, file);
        return [upload, file];
      }),
  );
  return { id, changedAt, history, files, asked, picture };
}

const ofWork = (id: string): IDBKeyRange => IDBKeyRange.bound([id], [id, []]);

function open(): Promise<IDBDatabase> {
  database ??= new Promise((resolve, reject) => {
    const opening = indexedDB.open(databaseName, version);
    opening.addEventListener('upgradeneeded', () => {
      opening.result.createObjectStore('works', { keyPath: 'id' });
      opening.result.createObjectStore('files', { keyPath: ['work', 'upload'] });
    });
    opening.addEventListener('success', () => {
      // Another tab with a newer page must be able to change the shape of what is kept.
      opening.result.addEventListener('versionchange', () => {
        opening.result.close();
        database = undefined;
      });
      resolve(opening.result);
    });
    opening.addEventListener('error', () => {
      database = undefined;
      reject(opening.error ?? new DOMException('The database did not open', 'UnknownError'));
    });
  });
  return database;
}

/** Runs requests in one transaction, and answers when it is complete. */
async function transact<T extends readonly Promise<unknown>[]>(
  mode: IDBTransactionMode,
  work: (works: IDBObjectStore, files: IDBObjectStore) => readonly [...T],
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const transaction = (await open()).transaction(['works', 'files'], mode);
  const completed = new Promise<void>((resolve, reject) => {
    const fail = (): void => {
      reject(transaction.error ?? new DOMException('The browser kept nothing', 'AbortError'));
    };
    transaction.addEventListener('complete', () => {
      resolve();
    });
    transaction.addEventListener('abort', fail);
    transaction.addEventListener('error', fail);
  });
  const answers = Promise.all(work(transaction.objectStore('works'), transaction.objectStore('files')));
  // The page may be about to go, and would not be there to say that nothing more comes.
  transaction.commit();
  const [found] = await Promise.all([answers, completed]);
  return found;
}

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => {
      resolve(request.result);
    });
    request.addEventListener('error', () => {
      reject(request.error ?? new DOMException('The browser kept nothing', 'UnknownError'));
    });
  });
