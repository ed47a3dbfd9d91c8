import type { Essence } from './essence.ts';

/** At the same moment, what begins comes before what ends it. */
const late = new Set(['incident.resolved', 'service.rolledback', 'service.removed']);

/** By the time at which it happened. What happened at the same moment is told apart by what it is and who it is, never by when it arrived. */
export const byEventTime = (a: Essence, b: Essence): number =>
  a.atMs - b.atMs ||
  Number(late.has(a.type)) - Number(late.has(b.type)) ||
  (a.identity < b.identity ? -1 : a.identity > b.identity ? 1 : 0);
