import * as z from 'zod';
import { redisEnv } from '../kernel/redis-env.ts';

const name = z.string().min(1);

/** The environment of each function: `lib` types its variables with it, the function parses it once at cold start. */
export const campaignsEnv = z.object({ ASSETS_BUCKET_NAME: name });

export const requestUploadEnv = z.object({
  ASSETS_BUCKET_NAME: name,
  UPLOADS_BUCKET_NAME: name,
  RESULTS_BUCKET_NAME: name,
  /** What CloudFront sends as `x-fanfare-edge`: only then is its word about the viewer's address believed. */
  EDGE_TOKEN: z.string().min(16),
  ...redisEnv,
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
  ...redisEnv,
});

export const jobStatusEnv = z.object({
  UPLOADS_BUCKET_NAME: name,
  RESULTS_BUCKET_NAME: name,
  ...redisEnv,
});
