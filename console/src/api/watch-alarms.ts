import { type StageAlarms, getAlarmStates } from './alarm-states.ts';
import { RefusedError, UnexpectedAnswerError } from './errors.ts';
import { type Patience, withPatience } from './patience.ts';
import { pause } from './pause.ts';

/** What a stage said of its alarms, and when. */
export interface AlarmsSighting extends StageAlarms {
  /** By the stage's clock, epoch milliseconds. */
  readonly readAt: number;
  /** How far the stage's clock is before this machine's, in milliseconds. */
  readonly clockAheadMs: number;
}

/** Alarms are judged once a minute of the stage's: no need to ask more often, within what people and servers bear. */
const longestRoundMs = 5000;
const shortestRoundMs = 1000;
const minuteMs = 60_000;

/** Reads the alarms again and again while the page can be seen; `onSighting` is told every answer. Ends only with an error. */
export async function watchAlarms({
  onSighting,
  ...patience
}: Omit<Patience, 'attempts'> & { onSighting: (sighting: AlarmsSighting) => void }): Promise<never> {
  const { signal } = patience;
  for (;;) {
    await untilVisible(signal);
    const { value, servedAt } = await withPatience(() => getAlarmStates(signal), {
      ...patience,
      attempts: Number.POSITIVE_INFINITY,
    });
    onSighting({ ...value, readAt: servedAt, clockAheadMs: servedAt - Date.now() });
    await pause(Math.min(Math.max(minuteMs / value.timeScale, shortestRoundMs), longestRoundMs), signal);
  }
}

/** Whether `error` says that there are no alarms to be read here: CloudFront answers 403 or 404 for what is not there, others with a page. */
export const isNotPublished = (error: unknown): boolean =>
  error instanceof RefusedError
    ? [403, 404, 410].includes(error.problem.status)
    : error instanceof UnexpectedAnswerError && error.cause instanceof SyntaxError;

function untilVisible(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      if (signal.aborted || document.visibilityState === 'visible') {
        document.removeEventListener('visibilitychange', settle);
        signal.removeEventListener('abort', settle);
        if (signal.aborted) {
          reject(signal.reason);
        } else {
          resolve();
        }
      }
    };
    document.addEventListener('visibilitychange', settle);
    signal.addEventListener('abort', settle);
    settle();
  });
}
