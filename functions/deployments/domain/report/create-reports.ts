import type { Clock } from '../../../kernel/clock.ts';
import { HttpProblem } from '../../../kernel/http-problem.ts';
import { environmentReport } from './environment-report.ts';
import { eventDetail } from './event-detail.ts';
import { followEvents, listEvents } from './event-list.ts';
import { metricsReport } from './metrics-report.ts';
import type { Owners } from './owners.ts';
import type { Feed, RecordReader, ReportStore } from './ports.ts';
import {
  type Query,
  readEventsQuery,
  readMetricsQuery,
  readMoment,
  readServicesQuery,
  readTimelineQuery,
} from './read-query.ts';
import { serviceList, serviceReport } from './service-report.ts';
import { timelineReport } from './timeline-report.ts';
import { unknownService } from './unknown-service.ts';

interface ReportDeps {
  readonly store: ReportStore;
  readonly feed: Feed;
  readonly records: RecordReader;
  readonly directory: () => Promise<Owners>;
  /** Whose figures count: production, as the stage decides. */
  readonly environments: ReadonlySet<string>;
  readonly clock: Clock;
}

/**
 * What people ask of deployments, by what they ask about; `query` as it was written. Each throws the HttpProblem 400 `invalid-query`, and 404 for what is not known.
 */
export const createReports = ({ store, feed, records, directory, environments, clock }: ReportDeps) => ({
  services: async (query: Query) => serviceList(store, await directory(), readServicesQuery(query)),
  service: async (id: string) =>
    (await serviceReport(store, await directory(), id, clock())) ?? unknownService(id),
  timeline: async (id: string, query: Query) => {
    const { fromMs, toMs } = readTimelineQuery(query, clock());
    return (await timelineReport(store, await directory(), id, fromMs, toMs)) ?? unknownService(id);
  },
  /** @param waitMs for something new, where `after` says since when */
  events: async (query: Query, waitMs: number) => {
    const read = readEventsQuery(query, clock());
    const owners = await directory();
    if (read.after === undefined) {
      return listEvents(store, owners, read);
    }
    const until = clock() + waitMs;
    const after = read.after === 'now' ? await feed.end() : read.after;
    return followEvents(feed, owners, read, after, () => until - clock());
  },
  event: async (id: string) =>
    (await eventDetail(store, records, await directory(), id)) ??
    unknown('event', 'There is no such event, or it happened so long ago that only the archive has it.'),
  environment: async (environment: string, query: Query) =>
    environmentReport(store, await directory(), environment, readMoment(query, clock())),
  metrics: async (query: Query) =>
    (await metricsReport(
      {
        store,
        owners: await directory(),
        environments: [...environments],
        counts: (environment) => environments.has(environment),
      },
      readMetricsQuery(query, clock()),
    )) ?? unknown('scope', 'Neither the directory nor any event knows such a service, team or product.'),
});

/** Nobody is told zeros of what there is not. */
function unknown(what: 'event' | 'scope', detail: string): never {
  throw new HttpProblem(404, `unknown-${what}`, detail);
}
