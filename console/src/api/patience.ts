import { RefusedError, UnreachableError } from './errors.ts';
import { StorageError } from './storage-error.ts';

/** Why the page waits before it tries again. */
export type PauseReason = 'too-many' | 'busy' | 'offline';

export interface Pause {
  readonly reason: PauseReason;
  readonly secondsLeft: number;
}

export interface Patience {
  readonly signal: AbortSignal;
  /** Told every second of a pause, and `undefined` when it is over. */
  readonly onPause: (pause: Pause | undefined) => void;
  /** How often to try in all. @default 6 */
  readonly attempts?: number;
}

/** Nobody keeps a page open longer than this for one attempt; say so instead. */
const longestPauseSeconds = 120;

/** How long to wait after `error` on attempt number `attempt` (from 1), or undefined when trying again would not help. */
export function pauseAfter(
  error: unknown,
  attempt: number,
): { reason: PauseReason; seconds: number } | undefined {
  const backoff = Math.min(2 ** attempt, 30);
  if (error instanceof UnreachableError) {
    return { reason: 'offline', seconds: backoff };
  }
  const status =
    error instanceof RefusedError
      ? error.problem.status
      : error instanceof StorageError
        ? error.status
        : undefined;
  if (status === undefined || (status !== 429 && status < 500)) {
    return undefined;
  }
  const asked = error instanceof RefusedError ? error.retryAfterSeconds : undefined;
  const seconds = Math.max(1, asked ?? backoff);
  return seconds > longestPauseSeconds
    ? undefined
    : { reason: status === 429 ? 'too-many' : 'busy', seconds };
}

/** Does `work`, again and again with pauses while the network or the server is only temporarily unable. */
export async function withPatience<T>(work: () => Promise<T>, patience: Patience): Promise<T> {
  const { attempts = 6, onPause, signal } = patience;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      const pause = attempt < attempts ? pauseAfter(error, attempt) : undefined;
      if (pause === undefined) {
        throw error;
      }
      await countDown(pause, patience);
      onPause(undefined);
    }
  }
}

/** Ends early when the network comes back, and with the signal's reason when that is aborted. */
function countDown(
  { reason, seconds }: { reason: PauseReason; seconds: number },
  { signal, onPause }: Patience,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const until = Date.now() + seconds * 1000;
    const tick = (): void => {
      const secondsLeft = Math.ceil((until - Date.now()) / 1000);
      if (secondsLeft <= 0) {
        finish();
      } else {
        onPause({ reason, secondsLeft });
      }
    };
    const finish = (): void => {
      clearInterval(timer);
      removeEventListener('online', finish);
      signal.removeEventListener('abort', finish);
      if (signal.aborted) {
        reject(signal.reason);
      } else {
        resolve();
      }
    };
    const timer = setInterval(tick, 250);
    if (reason === 'offline') {
      addEventListener('online', finish);
    }
    signal.addEventListener('abort', finish);
    tick();
  });
}
