import type { TimelineReport } from '../../../contracts/deployment-report.ts';
import type { Deployment } from '../deployments.ts';
import { historyOf } from '../history.ts';
import { eventIdOf } from '../identity.ts';
import type { Incident } from '../incidents.ts';
import type { Owners } from './owners.ts';
import type { ReportStore } from './ports.ts';
import { isoOf, summaryOf } from './summary.ts';

/**
 * What happened to a service between two moments, the latter not included: what overlaps them is there.
 *
 * @returns undefined for a service that neither the directory nor any event knows
 */
export async function timelineReport(
  store: ReportStore,
  owners: Owners,
  service: string,
  fromMs: number,
  toMs: number,
): Promise<TimelineReport | undefined> {
  const { events, deployments, incidents } = historyOf(await store.events(service));
  if (events.length === 0 && !owners.knows(service)) {
    return undefined;
  }
  const isIn = (ms: number): boolean => ms >= fromMs && ms < toMs;
  return {
    service,
    from: isoOf(fromMs),
    to: isoOf(toMs),
    deployments: deployments
      .filter(({ event }) => isIn(event.atMs))
      .map((deployment) => viewDeployment(service, deployment)),
    incidents: incidents
      .filter(({ detectedMs, resolvedMs }) => detectedMs < toMs && (resolvedMs ?? Infinity) >= fromMs)
      .map((incident) => viewIncident(service, incident)),
    events: events.filter(({ atMs }) => isIn(atMs)).map((essence) => summaryOf({ service, essence }, owners)),
  };
}

const viewDeployment = (
  service: string,
  { event, environment, changes, isRework, failure }: Deployment,
): TimelineReport['deployments'][number] => ({
  event: eventIdOf(service, event.identity),
  at: isoOf(event.atMs),
  environment,
  ...(event.artifact === undefined ? {} : { artifact: event.artifact }),
  changes: changes.map(({ subject }) => subject),
  isRework,
  ...(failure === undefined
    ? {}
    : {
        failure: {
          ...(failure.rolledBackBy === undefined
            ? {}
            : { rolledBackBy: eventIdOf(service, failure.rolledBackBy) }),
          incidents: failure.incidents.map(({ subject }) => subject),
          ...(failure.restoredMs === undefined ? {} : { restored: isoOf(failure.restoredMs) }),
        },
      }),
});

const viewIncident = (
  service: string,
  { subject, environment, onsetMs, detectedMs, resolvedMs, events }: Incident,
): TimelineReport['incidents'][number] => ({
  subject,
  ...(environment === undefined ? {} : { environment }),
  ...(onsetMs === undefined ? {} : { onset: isoOf(onsetMs) }),
  detected: isoOf(detectedMs),
  ...(resolvedMs === undefined ? {} : { resolved: isoOf(resolvedMs) }),
  events: events.map((identity) => eventIdOf(service, identity)),
});
