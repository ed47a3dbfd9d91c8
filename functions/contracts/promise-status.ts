import { alarmName, type Severity } from './alarm-name.ts';
import { boundWindow, burnPairs, type BurnWindow, partOf } from './burn-rate.ts';
import type { ServicePromise } from './promise.ts';

/** As CloudWatch names them. */
export const alarmStates = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
export type AlarmState = (typeof alarmStates)[number];

/** One alarm's state. */
export interface AlarmReading {
  /** In full: `fanfare-prod/personalise/pictures-in-time/5m-14.4x`. */
  readonly name: string;
  readonly state: AlarmState;
  /** ISO 8601. */
  readonly since: string;
}

/** The states of all alarms of a stage, as they were at one moment. */
export interface AlarmSnapshot {
  readonly stage: string;
  /** How much faster than in the world its time passes: 1 in AWS. */
  readonly timeScale: number;
  readonly alarms: readonly AlarmReading[];
  /** Epoch milliseconds. */
  readonly readAt: number;
}

/** What the alarm of one window says of a promise. */
export interface WindowEvidence {
  /** The alarm's name. */
  readonly alarm: string;
  readonly window: BurnWindow;
  /** How many times too fast the error budget burns when it is in alarm; undefined for a bound. */
  readonly factor: number | undefined;
  readonly severity: Severity;
  /** Undefined when there is no such alarm. */
  readonly state: AlarmState | undefined;
  /** Epoch milliseconds. */
  readonly since: number | undefined;
}

/**
 * Why nobody can tell. `no-states`: no alarm's state is known. `stale`: what is known is too old. `not-watched`: an alarm is missing. `too-little`: fewer than the
 * promise's minimum were measured. `undecided`: it burns, and too little was measured lately to say whether it still does. `recovering`: it burnt and burns no more,
 * but the longest window has not seen it kept.
 */
export type UnknownReason = 'no-states' | 'stale' | 'not-watched' | 'too-little' | 'undecided' | 'recovering';

/** Three answers, not two. `since` and `expiresAt` are epoch milliseconds; from `expiresAt` on the answer is unknown unless the alarms were read again. */
export type PromiseStatus =
  | {
      readonly status: 'kept' | 'broken';
      readonly evidence: readonly WindowEvidence[];
      readonly since: number;
      readonly expiresAt: number;
    }
  | {
      readonly status: 'unknown';
      readonly why: UnknownReason;
      readonly evidence: readonly WindowEvidence[];
      readonly since: number | undefined;
      readonly expiresAt: undefined;
    };

/** The longest that states are believed after they were read. */
export const staleAfterMs = 120_000;

const minuteMs = 60_000;

type Measured = Pick<ServicePromise, 'id' | 'objective'>;

/** What watches a promise: windows that break it together, the longer one first. */
export function windowsOf(
  service: string,
  { id, objective }: Measured,
  { stage, alarms }: AlarmSnapshot,
): readonly (readonly WindowEvidence[])[] {
  const evidence = (
    window: BurnWindow,
    severity: Severity,
    burn?: { readonly factor: number; readonly part: string },
  ): WindowEvidence => {
    const alarm = alarmName({
      stage,
      service,
      subject: id,
      ...(burn === undefined ? {} : { part: burn.part }),
    });
    const reading = alarms.find(({ name }) => name === alarm);
    return {
      alarm,
      window,
      severity,
      factor: burn?.factor,
      state: reading?.state,
      since: reading === undefined ? undefined : Date.parse(reading.since),
    };
  };
  return 'atMost' in objective
    ? [[evidence(boundWindow, 'page')]]
    : burnPairs(objective.atLeast).map((pair) =>
        [pair.long, pair.short].map((window) =>
          evidence(window, pair.severity, { factor: pair.factor, part: partOf(pair, window) }),
        ),
      );
}

/**
 * Whether a promise is kept, by the states of its alarms. Broken: all windows that break it together are in alarm. Kept: the longest window that would wake somebody
 * has seen enough and is content, and nothing contradicts it. Everything else is unknown: what is missing never reads as kept.
 *
 * @param service who promises
 * @param snapshot undefined when no states are known
 * @param now epoch milliseconds, by the same clock as the snapshot's
 */
export function promiseStatus(
  service: string,
  promise: Measured,
  snapshot: AlarmSnapshot | undefined,
  now: number,
): PromiseStatus {
  if (snapshot === undefined) {
    return unknown('no-states', []);
  }
  const together = windowsOf(service, promise, snapshot);
  const windows = together.flat();
  const statesExpireAt = snapshot.readAt + staleAfterMs;
  if (!(now < statesExpireAt)) {
    return unknown('stale', windows, statesExpireAt);
  }
  const breaking = together.filter((group) => group.every(isIn('ALARM')));
  if (breaking.length > 0) {
    return {
      status: 'broken',
      evidence: breaking.flat(),
      since: Math.min(...breaking.map((group) => Math.max(...group.map(({ since }) => since ?? now)))),
      expiresAt: statesExpireAt,
    };
  }
  const missing = windows.filter(({ state }) => state === undefined);
  const deciding = decidingWindow(windows);
  if (missing.length > 0 || deciding === undefined) {
    return unknown('not-watched', missing);
  }
  if (deciding.state === 'INSUFFICIENT_DATA') {
    return unknown('too-little', [deciding], deciding.since);
  }
  const undecided = together.find((group) => group.some(isIn('ALARM')) && !group.some(isIn('OK')));
  if (undecided !== undefined) {
    return unknown('undecided', undecided, undecided.find(isIn('ALARM'))?.since);
  }
  if (deciding.state !== 'OK') {
    const group = together.find((each) => each.includes(deciding)) ?? [];
    return unknown('recovering', group, group.find(isIn('OK'))?.since);
  }
  const windowMs = (deciding.window.minutes * minuteMs) / snapshot.timeScale;
  const expiresAt = Math.min(statesExpireAt, snapshot.readAt + windowMs);
  return now < expiresAt
    ? {
        status: 'kept',
        evidence: [deciding, ...windows.filter((each) => each !== deciding && each.state === 'OK')],
        since: deciding.since ?? snapshot.readAt,
        expiresAt,
      }
    : unknown('stale', [deciding], expiresAt);
}

/** The longest of those that wake somebody; where none does, the longest of all. */
function decidingWindow(windows: readonly WindowEvidence[]): WindowEvidence | undefined {
  const waking = windows.filter(({ severity }) => severity === 'page');
  return (waking.length > 0 ? waking : windows).toSorted((a, b) => b.window.minutes - a.window.minutes)[0];
}

const isIn =
  (wanted: AlarmState) =>
  ({ state }: WindowEvidence): boolean =>
    state === wanted;

const unknown = (why: UnknownReason, evidence: readonly WindowEvidence[], since?: number): PromiseStatus => ({
  status: 'unknown',
  why,
  evidence,
  since,
  expiresAt: undefined,
});
