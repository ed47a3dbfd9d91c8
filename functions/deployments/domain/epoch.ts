import type { Essence } from './essence.ts';
import { runsOf } from './runs.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Details are kept so long at least. */
const detailLifeMs = 400 * dayMs;
/** What happened longer ago than this keeps the figures it has: what they were made of may be gone. */
const figuresLifeMs = 370 * dayMs;

/**
 * The month (UTC) in which something came in, as its first moment. A service's details are trimmed when its first event of a month comes in, by that month alone: so
 * a replay trims as the live projection did.
 */
export const epochOf = (receivedMs: number): number => {
  const date = new Date(receivedMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
};

/** What is kept at the beginning of an epoch: what is new enough, and what runs still. */
export function keptAt(epoch: number, events: readonly Essence[]): Essence[] {
  const running = new Set([...runsOf(events).values()].flatMap((runs) => runs.at(-1)?.event ?? []));
  return events.filter(({ atMs, identity }) => atMs >= epoch - detailLifeMs || running.has(identity));
}

/** A day's figures are final when this is true: `YYYY-MM-DD`. */
export const isFinal = (epoch: number, day: string): boolean => Date.parse(day) < epoch - figuresLifeMs;
