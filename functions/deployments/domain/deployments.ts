import type { Change, Changes } from './changes.ts';
import type { Essence } from './essence.ts';
import type { Incident } from './incidents.ts';

/** A deployment failed when it was rolled back, or when an incident is put down to it. */
export interface Failure {
  readonly rolledBackBy: string | undefined;
  readonly incidents: readonly Incident[];
  /** When the service was whole again; undefined while it is not. */
  readonly restoredMs: number | undefined;
}

export interface Deployment {
  readonly event: Essence;
  readonly environment: string;
  /** Changes that it was the first to bring to its environment. */
  readonly changes: readonly Change[];
  readonly failure: Failure | undefined;
  /** Made to mend something: said so, or made while an incident was open. */
  readonly isRework: boolean;
}

/** An incident that nobody puts down to a deployment belongs to the last one, if it was noticed so soon after it. */
export const incidentCapMs = 24 * 60 * 60 * 1000;

/**
 * The deployments of one service to each environment, oldest first. A rollback is no deployment: it ends one.
 *
 * @param events of one service, in event order
 */
export function deploymentsOf(
  events: readonly Essence[],
  incidents: readonly Incident[],
  changes: Changes,
): Deployment[] {
  const moves = Map.groupBy(events.filter(isMove), ({ environment }) => environment ?? '');
  return [...moves]
    .flatMap(([environment, told]) =>
      inEnvironment(
        environment,
        told,
        incidents.filter((incident) => incident.environment === environment),
        changes,
      ),
    )
    .toSorted((a, b) => a.event.atMs - b.event.atMs || (a.event.identity < b.event.identity ? -1 : 1));
}

const isMove = ({ type }: Essence): boolean => isDeployment(type) || type === 'service.rolledback';

export const isDeployment = (type: string): boolean =>
  type === 'service.deployed' || type === 'service.upgraded';

function inEnvironment(
  environment: string,
  moves: readonly Essence[],
  incidents: readonly Incident[],
  changes: Changes,
): Deployment[] {
  const rollbacks = rollbacksOf(moves);
  const blamed = Map.groupBy(incidents, (incident) => blame(incident, moves)?.identity);
  const brought = new Set<string>();
  return moves
    .filter(({ type }) => isDeployment(type))
    .map((event) => {
      const first = changes
        .named(event)
        .filter(({ subject, committedMs }) => !brought.has(subject) && committedMs <= event.atMs);
      first.forEach(({ subject }) => brought.add(subject));
      return {
        event,
        environment,
        changes: first,
        failure: failureOf(rollbacks.get(event.identity), blamed.get(event.identity) ?? []),
        isRework: isRework(event, incidents),
      };
    });
}

/** Which rollback ended which deployment: the one that ran, and then those before it until the one that runs again. */
function rollbacksOf(moves: readonly Essence[]): Map<string, Essence> {
  const running: Essence[] = [];
  const ended = new Map<string, Essence>();
  for (const move of moves) {
    if (isDeployment(move.type)) {
      running.push(move);
      continue;
    }
    const failed = running.pop();
    if (failed !== undefined) {
      ended.set(failed.identity, move);
    }
    const back = running.findLastIndex(({ artifact }) => artifact === move.artifact);
    if (back !== -1) {
      running.length = back + 1;
    }
  }
  return ended;
}

/** The deployment that an incident is put down to: the one it names, else the last one before it within the cap. */
function blame(incident: Incident, moves: readonly Essence[]): Essence | undefined {
  const since = incident.onsetMs ?? incident.detectedMs;
  const before = moves.filter(({ atMs }) => atMs <= since);
  const named =
    before.findLast(({ type, context }) => isDeployment(type) && incident.links.includes(context)) ??
    before.findLast(
      ({ type, artifact }) => isDeployment(type) && artifact !== undefined && artifact === incident.artifact,
    );
  const last = before.at(-1);
  return (
    named ??
    (last !== undefined && isDeployment(last.type) && since - last.atMs <= incidentCapMs ? last : undefined)
  );
}

function failureOf(rollback: Essence | undefined, incidents: readonly Incident[]): Failure | undefined {
  if (rollback === undefined && incidents.length === 0) {
    return undefined;
  }
  const ends = incidents.flatMap(({ resolvedMs }) => (resolvedMs === undefined ? [] : [resolvedMs]));
  return {
    rolledBackBy: rollback?.identity,
    incidents,
    restoredMs:
      incidents.length === 0
        ? rollback?.atMs
        : ends.length === incidents.length
          ? Math.max(...ends)
          : undefined,
  };
}

const isRework = ({ unplanned, links, atMs }: Essence, incidents: readonly Incident[]): boolean =>
  unplanned ??
  incidents.some(
    ({ contexts, detectedMs, resolvedMs }) =>
      links?.some((context) => contexts.includes(context)) === true ||
      (detectedMs <= atMs && (resolvedMs === undefined || resolvedMs > atMs)),
  );
