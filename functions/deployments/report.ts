import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { httpHandler } from '../kernel/http.ts';
import { longestWaitSeconds, waitMs } from '../kernel/long-poll.ts';
import { createRedis } from '../kernel/redis.ts';
import { tagged } from '../kernel/tagged.ts';
import { createFeed } from './adapters/redis-feed.ts';
import { createReportStore } from './adapters/redis-report-store.ts';
import { createWholeness } from './adapters/redis-wholeness.ts';
import { createArchive } from './adapters/s3-archive.ts';
import { createDirectory } from './adapters/s3-directory.ts';
import { createRecordReader } from './adapters/s3-record-reader.ts';
import { createReports } from './domain/report/create-reports.ts';
import { ownersOf } from './domain/report/owners.ts';
import { whileWhole } from './domain/report/while-whole.ts';
import { createRecogniser } from './domain/whole/recognise-empty.ts';
import { projectionEnv } from './env.ts';

const env = parseEnvironment(projectionEnv);
const redis = createRedis(env, { commandTimeoutMs: 2000 });
const waiting = createRedis(env, { commandTimeoutMs: (longestWaitSeconds + 1) * 1000 });
const archive = createArchive(env.ARCHIVE_BUCKET_NAME);
const store = createReportStore(redis);
const reports = createReports({
  store,
  feed: createFeed(redis, waiting, store),
  records: createRecordReader(env.ARCHIVE_BUCKET_NAME, archive),
  directory: createDirectory(env.WORK_BUCKET_NAME, systemClock, ownersOf),
  environments: env.COUNTED_ENVIRONMENTS,
  clock: systemClock,
});
const wholeness = createWholeness(redis);
const whole = whileWhole(createRecogniser(archive, wholeness), wholeness);
const away = tagged('The reports are away for a moment; events are still taken in.');
const reported = (report: (event: APIGatewayProxyEventV2) => Promise<unknown>) => away(whole(report));

/** What a route's address names, and its query. */
const asked = ({ pathParameters, queryStringParameters }: APIGatewayProxyEventV2) => ({
  id: pathParameters?.['id'] ?? '',
  query: queryStringParameters,
});

export const handler = httpHandler({
  'GET /deployments/services': reported(async (event) => reports.services(asked(event).query)),
  'GET /deployments/services/{id}': reported(async (event) => reports.service(asked(event).id)),
  'GET /deployments/services/{id}/timeline': reported(async (event) => {
    const { id, query } = asked(event);
    return reports.timeline(id, query);
  }),
  'GET /deployments/events': reported(async (event) => reports.events(asked(event).query, waitMs(event))),
  'GET /deployments/events/{id}': reported(async (event) => reports.event(asked(event).id)),
  'GET /deployments/environments/{environment}': reported(async ({ pathParameters, ...event }) =>
    reports.environment(pathParameters?.['environment'] ?? '', event.queryStringParameters),
  ),
  'GET /deployments/metrics': reported(async (event) => reports.metrics(asked(event).query)),
});
