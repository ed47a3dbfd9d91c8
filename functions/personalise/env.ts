import * as z from 'zod';

const name = z.string().min(1);

const redis = {
  /** `rediss://host:port` */
  REDIS_ENDPOINT: z.url({ protocol: /^rediss$/u }),
  /** The cache's name: what IAM authentication signs. */
  REDIS_CACHE_NAME: name,
  REDIS_USER_NAME: name,
};

/** The environment of each function: `lib` types its variables with it, the function parses it once at cold start. */
export const campaignsEnv = z.object({ ASSETS_BUCKET_NAME: name });

export const requestUploadEnv = z.object({
  ASSETS_BUCKET_NAME: name,
  UPLOADS_BUCKET_NAME: name,
  RESULTS_BUCKET_NAME: name,
  /** What CloudFront sends as `x-fanfare-edge`: only then is its word about the viewer's address believed. */
  EDGE_TOKEN: z.string().min(16),
  ...redis,
});

export const acceptUploadEnv = z.object({
  UPLOADS_BUCKET_NAME: name,
  RESULTS_BUCKET_NAME: name,
  RENDER_QUEUE_URL: z.url(),
});

export const renderEnv = z.object({
  ASSETS_BUCKET_NAME: name,
  UPLOADS_BUCKET_NAME: name,
  RESULTS_BUCKET_NAME: name,
  /** The function's own time-out: who waits for another's render gives up within it. */
  TIMEOUT_MS: z.coerce.number().int().positive(),
  ...redis,
});

export const jobStatusEnv = z.object({
  UPLOADS_BUCKET_NAME: name,
  RESULTS_BUCKET_NAME: name,
  ...redis,
});
