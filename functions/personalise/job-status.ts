import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { httpHandler } from '../kernel/http.ts';
import { HttpProblem } from '../kernel/http-problem.ts';
import { longestWaitSeconds, waitMs } from '../kernel/long-poll.ts';
import { meter } from '../kernel/metrics.ts';
import { createRedis } from '../kernel/redis.ts';
import { createJobProjection, createJobReader } from './adapters/redis-job-projection.ts';
import { createJobStore } from './adapters/s3-job-store.ts';
import { createPictureStore } from './adapters/s3-picture-store.ts';
import { createUploadStore } from './adapters/s3-upload-store.ts';
import { eraseJob } from './domain/erase-job.ts';
import { toJob } from './domain/job-record.ts';
import { readJob } from './domain/read-job.ts';
import { jobStatusEnv } from './env.ts';

const env = parseEnvironment(jobStatusEnv);
const redis = createRedis(env, { commandTimeoutMs: 500 });
const waiting = createRedis(env, { commandTimeoutMs: (longestWaitSeconds + 1) * 1000 });
const deps = {
  jobs: createJobStore(env.RESULTS_BUCKET_NAME),
  uploads: createUploadStore(env.UPLOADS_BUCKET_NAME),
  pictures: createPictureStore(env.RESULTS_BUCKET_NAME),
  projection: createJobProjection(redis, meter),
  reader: createJobReader(redis, waiting, meter),
  meter,
  clock: systemClock,
};

function jobId(event: APIGatewayProxyEventV2): string {
  const id = z.ulid().safeParse(event.pathParameters?.['id']);
  if (!id.success) {
    throw unknownJob();
  }
  return id.data;
}

const unknownJob = (): HttpProblem =>
  new HttpProblem(
    404,
    'unknown-job',
    'There is no such job; it may have expired. Jobs are kept for 30 days.',
  );

export const handler = httpHandler({
  'GET /personalise/jobs/{id}': async (event) => {
    const record = await readJob(deps, jobId(event), waitMs(event));
    if (record === undefined) {
      throw unknownJob();
    }
    if (record.erasedAt !== undefined) {
      throw new HttpProblem(410, 'job-erased', 'This job was erased, with its photo and its pictures.');
    }
    return { status: 200, body: toJob(record) };
  },
  'DELETE /personalise/jobs/{id}': async (event) => {
    if (!(await eraseJob(deps, jobId(event)))) {
      throw unknownJob();
    }
    return { status: 204 };
  },
});
