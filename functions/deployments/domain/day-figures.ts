import type { Deployment } from './deployments.ts';
import type { History } from './history.ts';

/** Of some services in some days (UTC) in the environments that count; lengths of time in milliseconds. */
export interface DayFigures {
  /** Deployments. */
  readonly deployments: number;
  /** Of these, how many failed. */
  readonly failed: number;
  /** Of these, how many were made to mend something. */
  readonly rework: number;
  /** Of the failed ones, how many are not mended yet. */
  readonly unrecovered: number;
  /** Incidents, by detection. */
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

/** Days that were named last: each step of a projection names the same ones again, hundreds of times. */
const names = new Map<number, string>();
const mostNames = 2000;

/** `2026-11-21` */
export function dayOf(ms: number): string {
  const day = Math.floor(ms / dayMs);
  let name = names.get(day);
  if (name === undefined) {
    name = new Date(ms).toISOString().slice(0, 10);
    if (names.size === mostNames) {
      names.clear();
    }
    names.set(day, name);
  }
  return name;
}

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
export function dayFiguresOf(history: History, isCounted: Counted): Map<string, Day> {
  const days = new Map<string, Sums>();
  const on = (ms: number): Sums => {
    const day = dayOf(ms);
    const sums = days.get(day) ?? nothing();
    days.set(day, sums);
    return sums;
  };
  for (const deployment of history.deployments) {
    if (isCounted(deployment.environment)) {
      addDeployment(on(deployment.event.atMs), deployment);
    }
  }
  addIncidents(history, isCounted, on);
  for (const { mergedMs } of history.changes.all) {
    on(mergedMs).changes += 1;
  }
  return new Map([...days].map(([day, sums]) => [day, toDay(sums)]));
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

function addIncidents({ incidents }: History, isCounted: Counted, on: (ms: number) => Sums): void {
  let wholeSince: number | undefined;
  for (const { environment, onsetMs, detectedMs, resolvedMs } of incidents) {
    if (environment !== undefined && !isCounted(environment)) {
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

/** A day of a service as it is kept, as JSON in few bytes: its `counts`, then each of its `lengths`, in their order. */
export type Day = readonly [counts: readonly number[], ...lengths: readonly (readonly number[])[]];

const toDay = (sums: DayFigures): Day => [
  counts.map((count) => sums[count]),
  ...lengths.map((length) => sums[length]),
];

/** All the figures of several days, or of several services: of an organisation there are a hundred thousand, hence they are added as they are kept. */
export function addDays(days: Iterable<Day>): DayFigures {
  const all = nothing();
  for (const [dayCounts, ...dayLengths] of days) {
    for (const [at, count] of counts.entries()) {
      all[count] += dayCounts[at] ?? 0;
    }
    for (const [at, length] of lengths.entries()) {
      for (const ms of dayLengths[at] ?? []) {
        all[length].push(ms);
      }
    }
  }
  return all;
}

/** What several services did on a day, in one. */
export const sumOf = (days: Iterable<Day>): Day => toDay(addDays(days));

/** The days from the one of `fromMs` to before the one of `toMs`, or with it where that is a part of a day. */
export function daysBetween(fromMs: number, toMs: number): string[] {
  const first = Math.floor(fromMs / dayMs);
  const end = Math.ceil(toMs / dayMs);
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => dayOf((first + index) * dayMs));
}
