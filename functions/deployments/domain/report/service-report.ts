import type { ServiceList, ServiceReport } from '../../../contracts/deployment-report.ts';
import { addDays, daysBetween } from '../day-figures.ts';
import { byEventTime } from '../event-order.ts';
import { figuresOf } from '../figures-of.ts';
import { runsOf } from '../runs.ts';
import { viewRun } from './environment-report.ts';
import type { Owners } from './owners.ts';
import type { ReportStore, ServiceLine } from './ports.ts';
import { isoOf } from './summary.ts';

const thirtyDaysMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Services by name: those of the directory and those that only their events know.
 *
 * @param after the last one of the page before
 * @param limit of the page
 */
export async function serviceList(
  store: ReportStore,
  owners: Owners,
  { after, limit, team, product }: ServiceListQuery,
): Promise<ServiceList> {
  const lines = await store.lines();
  const names = owners.selected({ team, product }) ?? [...new Set([...owners.services, ...lines.keys()])];
  const rest = names.filter((name) => after === undefined || name > after).toSorted();
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    services: page.map((service) => viewLine(service, owners, lines.get(service))),
    ...(rest.length > page.length && last !== undefined ? { cursor: last } : {}),
  };
}

export interface ServiceListQuery {
  readonly after?: string | undefined;
  readonly limit: number;
  readonly team?: string | undefined;
  readonly product?: string | undefined;
}

/** @returns undefined for a service that neither the directory nor any event knows */
export async function serviceReport(
  store: ReportStore,
  owners: Owners,
  service: string,
  nowMs: number,
): Promise<ServiceReport | undefined> {
  const line = (await store.lines()).get(service);
  if (line === undefined && !owners.knows(service)) {
    return undefined;
  }
  const days = daysBetween(nowMs - thirtyDaysMs, nowMs);
  const [events, figures] = await Promise.all([store.events(service), store.daysOf(service, days)]);
  return {
    ...viewLine(service, owners, line),
    environments: [...runsOf(events.toSorted(byEventTime))].flatMap(([environment, runs]) => {
      const last = runs.at(-1);
      return last === undefined ? [] : [{ environment, ...viewRun(service, last) }];
    }),
    figures: figuresOf(addDays(figures.flat()), days.length),
  };
}

const viewLine = (service: string, owners: Owners, line: ServiceLine | undefined) => ({
  service,
  ...owners.of(service),
  isOwned: owners.knows(service),
  ...(line === undefined ? {} : { lastEventAt: isoOf(line.newestMs) }),
  open: line?.open ?? 0,
});
