import type { Deployment } from './deployments.ts';
import type { History } from './history.ts';

/** Of one service in one day (UTC) in the environments that count; lengths of time in milliseconds. Days are added up by `addDays`. */
export interface DayFigures {
  /** The day's deployments. */
  readonly deployments: number;
  /** Of these, how many failed. */
  readonly failed: number;
  /** Of these, how many were made to mend something. */
  readonly rework: number;
  /** Of the failed ones, how many are not mended yet. */
  readonly unrecovered: number;
  /** The day's incidents, by detection. */
  readonly incidents: number;
  /** Of these, how many are open. */
  readonly open: number;
  /** Changes merged, or proposed where no merge was told. */
  readonly changes: number;
  /** Commit to running, a change. */
  readonly leadMs: readonly number[];
  /** Failed deployment to whole again. */
  readonly recoveryMs: readonly number[];
  /** Onset to detection. */
  readonly detectMs: readonly number[];
  /** Detection to resolution. */
  readonly restoreMs: readonly number[];
  /** Resolution of the incident before to the onset of this one. */
  readonly betweenMs: readonly number[];
}

const dayMs = 24 * 60 * 60 * 1000;

/** `2026-11-21` */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

type Counts = 'deployments' | 'failed' | 'rework' | 'unrecovered' | 'incidents' | 'open' | 'changes';
type Lengths = 'leadMs' | 'recoveryMs' | 'detectMs' | 'restoreMs' | 'betweenMs';
type Sums = Record<Counts, number> & Record<Lengths, number[]>;

const nothing = (): Sums => ({
  deployments: 0,
  failed: 0,
  rework: 0,
  unrecovered: 0,
  incidents: 0,
  open: 0,
  changes: 0,
  leadMs: [],
  recoveryMs: [],
  detectMs: [],
  restoreMs: [],
  betweenMs: [],
});

/** Whether an environment's figures count: production, as the stage decides. */
export type Counted = (environment: string) => boolean;

/** A service's figures by day; days on which nothing happened are not there. */
export function dayFiguresOf(history: History, counts: Counted): Map<string, DayFigures> {
  const days = new Map<string, Sums>();
  const on = (ms: number): Sums => {
    const day = dayOf(ms);
    const sums = days.get(day) ?? nothing();
    days.set(day, sums);
    return sums;
  };
  for (const deployment of history.deployments) {
    if (counts(deployment.environment)) {
      addDeployment(on(deployment.event.atMs), deployment);
    }
  }
  addIncidents(history, counts, on);
  for (const { mergedMs } of history.changes.all) {
    on(mergedMs).changes += 1;
  }
  return days;
}

function addDeployment(day: Sums, { event, changes, failure, isRework }: Deployment): void {
  day.deployments += 1;
  day.rework += Number(isRework);
  day.leadMs.push(...changes.map(({ committedMs }) => event.atMs - committedMs));
  if (failure === undefined) {
    return;
  }
  day.failed += 1;
  if (failure.restoredMs === undefined) {
    day.unrecovered += 1;
  } else {
    day.recoveryMs.push(failure.restoredMs - event.atMs);
  }
}

function addIncidents({ incidents }: History, counts: Counted, on: (ms: number) => Sums): void {
  let wholeSince: number | undefined;
  for (const { environment, onsetMs, detectedMs, resolvedMs } of incidents) {
    if (environment !== undefined && !counts(environment)) {
      continue;
    }
    const day = on(detectedMs);
    const beganMs = onsetMs ?? detectedMs;
    day.incidents += 1;
    if (onsetMs !== undefined) {
      day.detectMs.push(detectedMs - onsetMs);
    }
    if (wholeSince !== undefined && wholeSince <= beganMs) {
      day.betweenMs.push(beganMs - wholeSince);
    }
    if (resolvedMs === undefined) {
      day.open += 1;
      wholeSince = Infinity;
    } else {
      day.restoreMs.push(resolvedMs - detectedMs);
      wholeSince = Math.max(wholeSince ?? 0, resolvedMs);
    }
  }
}

const counts = [
  'deployments',
  'failed',
  'rework',
  'unrecovered',
  'incidents',
  'open',
  'changes',
] as const satisfies readonly Counts[];
const lengths = [
  'leadMs',
  'recoveryMs',
  'detectMs',
  'restoreMs',
  'betweenMs',
] as const satisfies readonly Lengths[];

/** All the figures of several days, or of several services. */
export function addDays(days: Iterable<DayFigures>): DayFigures {
  const all = nothing();
  for (const day of days) {
    for (const count of counts) {
      all[count] += day[count];
    }
    for (const length of lengths) {
      for (const ms of day[length]) {
        all[length].push(ms);
      }
    }
  }
  return all;
}

/** A day in few bytes: counts, then lengths of time, as JSON. */
export const encodeDay = (day: DayFigures): string =>
  JSON.stringify([...counts.map((count) => day[count]), ...lengths.map((length) => day[length])]);

export type EncodedDay = readonly [
  deployments: number,
  failed: number,
  rework: number,
  unrecovered: number,
  incidents: number,
  open: number,
  changes: number,
  leadMs: readonly number[],
  recoveryMs: readonly number[],
  detectMs: readonly number[],
  restoreMs: readonly number[],
  betweenMs: readonly number[],
];

export const decodeDay = ([
  deployments,
  failed,
  rework,
  unrecovered,
  incidents,
  open,
  changes,
  leadMs,
  recoveryMs,
  detectMs,
  restoreMs,
  betweenMs,
]: EncodedDay): DayFigures => ({
  deployments,
  failed,
  rework,
  unrecovered,
  incidents,
  open,
  changes,
  leadMs,
  recoveryMs,
  detectMs,
  restoreMs,
  betweenMs,
});

/** The days from the one of `fromMs` to before the one of `toMs`, or with it where that is a part of a day. */
export function daysBetween(fromMs: number, toMs: number): string[] {
  const first = Math.floor(fromMs / dayMs);
  const end = Math.ceil(toMs / dayMs);
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => dayOf((first + index) * dayMs));
}
