import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { meter } from '../kernel/metrics.ts';
import { s3Handler } from '../kernel/s3-events.ts';
import { createJobStore } from './adapters/s3-job-store.ts';
import { createUploadStore, jobIdOfUpload } from './adapters/s3-upload-store.ts';
import { createRenderQueue } from './adapters/sqs-render-queue.ts';
import { acceptUpload, type AcceptUploadDeps } from './domain/accept-upload.ts';
import { acceptUploadEnv } from './env.ts';

const env = parseEnvironment(acceptUploadEnv);
const deps: AcceptUploadDeps = {
  jobs: createJobStore(env.RESULTS_BUCKET_NAME),
  uploads: createUploadStore(env.UPLOADS_BUCKET_NAME),
  queue: createRenderQueue(env.RENDER_QUEUE_URL),
  meter,
  clock: systemClock,
};

export const handler = s3Handler((key) => acceptUpload(deps, jobIdOfUpload(key)));
