import { uploadRequestSchema } from '../contracts/upload-request.ts';
import { clientAddress } from '../kernel/client-address.ts';
import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { httpHandler } from '../kernel/http.ts';
import { unavailable } from '../kernel/http-problem.ts';
import { parseJsonBody } from '../kernel/http-request.ts';
import { meter } from '../kernel/metrics.ts';
import { presignUpload } from '../kernel/presign-upload.ts';
import { createRedis, RedisUnavailable } from '../kernel/redis.ts';
import { createRateLimiter } from '../kernel/redis-rate-limiter.ts';
import { createJobProjection } from './adapters/redis-job-projection.ts';
import { redisKeys } from './adapters/redis-keys.ts';
import { createCampaignCatalogue } from './adapters/s3-campaigns.ts';
import { createJobStore } from './adapters/s3-job-store.ts';
import { uploadKey } from './adapters/s3-upload-store.ts';
import { requestUpload, type RequestUploadDeps } from './domain/request-upload.ts';
import { requestUploadEnv } from './env.ts';

const env = parseEnvironment(requestUploadEnv);
const redis = createRedis(env, { commandTimeoutMs: 500 });
const deps: RequestUploadDeps = {
  catalogue: createCampaignCatalogue(env.ASSETS_BUCKET_NAME, systemClock),
  jobs: createJobStore(env.RESULTS_BUCKET_NAME),
  projection: createJobProjection(redis, meter),
  rate: createRateLimiter(redis, redisKeys.rate, systemClock),
  presign: async (jobId, contentType, maxBytes) =>
    presignUpload({
      bucket: env.UPLOADS_BUCKET_NAME,
      key: uploadKey(jobId),
      contentType,
      maxBytes,
      now: systemClock(),
    }),
  meter,
  clock: systemClock,
};

export const handler = httpHandler({
  'POST /personalise/uploads': async (event) => {
    const request = parseJsonBody(event, uploadRequestSchema);
    try {
      const grant = await requestUpload(deps, request, clientAddress(event, env.EDGE_TOKEN));
      return { status: 201, headers: { location: grant.job.self }, body: grant };
    } catch (error) {
      if (error instanceof RedisUnavailable) {
        throw unavailable(
          'Uploads cannot be granted at the moment; nothing was registered. Try again soon.',
          5,
          error,
        );
      }
      throw error;
    }
  },
});
