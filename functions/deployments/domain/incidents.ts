import type { Essence } from './essence.ts';

/** One time that something was broken: from its detection to its resolution. */
export interface Incident {
  readonly subject: string;
  readonly environment: string | undefined;
  /** What its sender blames. */
  readonly artifact: string | undefined;
  /** Context ids that its events link to. */
  readonly links: readonly string[];
  /** The context ids of its own events: what others link to. */
  readonly contexts: readonly string[];
  /** When it began, where that is known. */
  readonly onsetMs: number | undefined;
  readonly detectedMs: number;
  /** Undefined while it is open. */
  readonly resolvedMs: number | undefined;
  /** The events that tell of it, by identity. */
  readonly events: readonly string[];
}

/**
 * Incidents by detection. An incident that is detected again while it is open is the same one; after its resolution it is another. A resolution of nothing that
 * is open says nothing: should its detection come later, the incident is put together then.
 *
 * @param events of one service, in event order
 */
export function incidentsOf(events: readonly Essence[]): Incident[] {
  const open = new Map<string, Essence[]>();
  const incidents: Incident[] = [];
  for (const event of events) {
    const key = `${event.environment ?? ''}\n${event.subject}`;
    const before = open.get(key);
    if (event.type === 'incident.detected' || event.type === 'incident.reported') {
      open.set(key, [...(before ?? []), event]);
    } else if (event.type === 'incident.resolved' && before !== undefined) {
      open.delete(key);
      incidents.push(incidentOf([...before, event], event.atMs));
    }
  }
  incidents.push(...[...open.values()].map((told) => incidentOf(told, undefined)));
  return incidents.toSorted(
    (a, b) =>
      a.detectedMs - b.detectedMs ||
      (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0) ||
      ((a.environment ?? '') < (b.environment ?? '') ? -1 : 1),
  );
}

function incidentOf(told: readonly Essence[], resolvedMs: number | undefined): Incident {
  const [first] = told;
  if (first === undefined) {
    throw new Error('an incident of no event');
  }
  const onsets = told.flatMap(({ onsetMs }) => (onsetMs === undefined ? [] : [onsetMs]));
  return {
    subject: first.subject,
    environment: first.environment,
    artifact: told.find(({ artifact }) => artifact !== undefined)?.artifact,
    links: told.flatMap(({ links }) => links ?? []),
    contexts: told.map(({ context }) => context),
    // Nothing begins after it was noticed: such a clock is wrong.
    onsetMs: onsets.length > 0 ? Math.min(first.atMs, ...onsets) : undefined,
    detectedMs: first.atMs,
    resolvedMs,
    events: told.map(({ identity }) => identity),
  };
}
