import { renderMessageSchema } from '../contracts/render-message.ts';
import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { meter } from '../kernel/metrics.ts';
import { createRedis } from '../kernel/redis.ts';
import { sqsHandler } from '../kernel/sqs.ts';
import { createJobProjection } from './adapters/redis-job-projection.ts';
import { createRenderLease } from './adapters/redis-render-lease.ts';
import { createCampaignAssets } from './adapters/s3-campaigns.ts';
import { createJobStore } from './adapters/s3-job-store.ts';
import { createPictureStore } from './adapters/s3-picture-store.ts';
import { createUploadStore } from './adapters/s3-upload-store.ts';
import { createPictureMaker } from './adapters/sharp-picture-maker.ts';
import { renderJob, type RenderJobDeps } from './domain/render-job.ts';
import { renderEnv } from './env.ts';

const env = parseEnvironment(renderEnv);
const redis = createRedis(env, { commandTimeoutMs: 500 });
const assets = createCampaignAssets(env.ASSETS_BUCKET_NAME);
const deps: RenderJobDeps = {
  jobs: createJobStore(env.RESULTS_BUCKET_NAME),
  projection: createJobProjection(redis, meter),
  uploads: createUploadStore(env.UPLOADS_BUCKET_NAME),
  pictures: createPictureStore(env.RESULTS_BUCKET_NAME),
  lease: createRenderLease(redis, env.TIMEOUT_MS / 2, meter),
  assets,
  maker: createPictureMaker({ assets }),
  meter,
  clock: systemClock,
};

export const handler = sqsHandler(renderMessageSchema, ({ jobId }) => renderJob(deps, jobId));
