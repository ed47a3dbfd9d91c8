import type { EnvironmentReport } from '../../../contracts/deployment-report.ts';
import { byEventTime } from '../event-order.ts';
import { eventIdOf } from '../identity.ts';
import { type Run, runningAt, runsOf } from '../runs.ts';
import type { Owners } from './owners.ts';
import type { ReportStore } from './ports.ts';
import { isoOf } from './summary.ts';

/** What ran where at a moment, by service. Only services that something happened to since have their events read. */
export async function environmentReport(
  store: ReportStore,
  owners: Owners,
  environment: string,
  atMs: number,
): Promise<EnvironmentReport> {
  const newest = await store.runs(environment);
  const running = await Promise.all(
    [...newest].map(async ([service, run]): Promise<[string, Run | undefined]> => [
      service,
      run.atMs <= atMs
        ? runningAt([run], atMs)
        : runningAt(runsOf((await store.events(service)).toSorted(byEventTime)).get(environment) ?? [], atMs),
    ]),
  );
  return {
    environment,
    at: isoOf(atMs),
    services: running
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([service, run]) =>
        run === undefined ? [] : [{ service, ...owners.of(service), ...viewRun(service, run) }],
      ),
  };
}

export const viewRun = (service: string, { artifact, how, atMs, event }: Run) => ({
  ...(artifact === undefined ? {} : { artifact }),
  how,
  since: isoOf(atMs),
  event: eventIdOf(service, event),
});
