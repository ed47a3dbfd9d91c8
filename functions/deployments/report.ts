import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { httpHandler } from '../kernel/http.ts';
import { HttpProblem } from '../kernel/http-problem.ts';
import { longestWaitSeconds, waitMs } from '../kernel/long-poll.ts';
import { createRedis } from '../kernel/redis.ts';
import { tagged } from '../kernel/tagged.ts';
import { createFeed } from './adapters/redis-feed.ts';
import { createReportStore } from './adapters/redis-report-store.ts';
import { createArchive } from './adapters/s3-archive.ts';
import { createDirectory } from './adapters/s3-directory.ts';
import { createRecordReader } from './adapters/s3-record-reader.ts';
import { environmentReport } from './domain/report/environment-report.ts';
import { eventDetail } from './domain/report/event-detail.ts';
import { followEvents, listEvents } from './domain/report/event-list.ts';
import { metricsReport } from './domain/report/metrics-report.ts';
import { ownersOf } from './domain/report/owners.ts';
import {
  readEventsQuery,
  readMetricsQuery,
  readMoment,
  readServicesQuery,
  readTimelineQuery,
} from './domain/report/read-query.ts';
import { serviceList, serviceReport } from './domain/report/service-report.ts';
import { timelineReport } from './domain/report/timeline-report.ts';
import { projectionEnv } from './env.ts';

const env = parseEnvironment(projectionEnv);
const redis = createRedis(env, { commandTimeoutMs: 2000 });
const waiting = createRedis(env, { commandTimeoutMs: (longestWaitSeconds + 1) * 1000 });
const store = createReportStore(redis);
const feed = createFeed(redis, waiting);
const records = createRecordReader(env.ARCHIVE_BUCKET_NAME, createArchive(env.ARCHIVE_BUCKET_NAME));
const directory = createDirectory(env.WORK_BUCKET_NAME, systemClock, ownersOf);
const reported = tagged('The reports are away for a moment; events are still taken in.');
const counts = (environment: string): boolean => env.COUNTED_ENVIRONMENTS.has(environment);

export const handler = httpHandler({
  'GET /deployments/services': reported(async ({ queryStringParameters }) =>
    serviceList(store, await directory(), readServicesQuery(queryStringParameters)),
  ),
  'GET /deployments/services/{id}': reported(async ({ pathParameters }) => {
    const service = pathParameters?.['id'] ?? '';
    return (await serviceReport(store, await directory(), service, systemClock())) ?? unknownService(service);
  }),
  'GET /deployments/services/{id}/timeline': reported(async ({ pathParameters, queryStringParameters }) => {
    const { fromMs, toMs } = readTimelineQuery(queryStringParameters, systemClock());
    return timelineReport(store, await directory(), pathParameters?.['id'] ?? '', fromMs, toMs);
  }),
  'GET /deployments/events': reported(async (event) => {
    const query = readEventsQuery(event.queryStringParameters, systemClock());
    const owners = await directory();
    if (query.after === undefined) {
      return listEvents(store, owners, query);
    }
    const until = systemClock() + waitMs(event);
    const after = query.after === 'now' ? await feed.end() : query.after;
    return followEvents(feed, owners, query, after, () => until - systemClock());
  }),
  'GET /deployments/events/{id}': reported(async ({ pathParameters }) => {
    const found = await eventDetail(store, records, await directory(), pathParameters?.['id'] ?? '');
    if (found === undefined) {
      throw new HttpProblem(
        404,
        'unknown-event',
        'There is no such event, or it happened so long ago that only the archive has it.',
      );
    }
    return found;
  }),
  'GET /deployments/environments/{environment}': reported(async ({ pathParameters, queryStringParameters }) =>
    environmentReport(
      store,
      await directory(),
      pathParameters?.['environment'] ?? '',
      readMoment(queryStringParameters, systemClock()),
    ),
  ),
  'GET /deployments/metrics': reported(async ({ queryStringParameters }) =>
    metricsReport(
      { store, owners: await directory(), environments: [...env.COUNTED_ENVIRONMENTS], counts },
      readMetricsQuery(queryStringParameters, systemClock()),
    ),
  ),
});

function unknownService(service: string): never {
  throw new HttpProblem(404, 'unknown-service', `Neither the directory nor any event knows “${service}”.`);
}
