import * as z from 'zod';
import { redisEnv } from '../kernel/redis-env.ts';

const name = z.string().min(1);

const making = {
  ASSETS_BUCKET_NAME: name,
  UPLOADS_BUCKET_NAME: name,
  RESULTS_BUCKET_NAME: name,
  /** The function's own time-out: after it, what it made is surely not being made any more. */
  TIMEOUT_MS: z.coerce.number().int().positive(),
};

/** The environment of each function: `lib` types its variables with it, the function parses it once at cold start. */
export const requestUploadEnv = z.object({
  UPLOADS_BUCKET_NAME: name,
  /** What CloudFront sends as `x-fanfare-edge`: only then is its word about the viewer's address believed. */
  EDGE_TOKEN: z.string().min(16),
  ...redisEnv,
});

export const editEnv = z.object({
  ...making,
  MAKE_QUEUE_URL: z.url(),
  /** How long S3 keeps results, in days. */
  RESULTS_LIFE_DAYS: z.coerce.number().int().positive(),
  /** Whether share addresses must be signed. */
  SHARE_SIGNATURES: z.enum(['optional', 'required']),
  /** The secret from whose field `share-key` come the keys of campaigns, which sign share addresses. */
  SHARE_SECRET_NAME: name,
});

export const makeLongEnv = z.object(making);

export const editStatusEnv = z.object({
  UPLOADS_BUCKET_NAME: name,
  RESULTS_BUCKET_NAME: name,
  MAKE_QUEUE_URL: z.url(),
});

export const templatesEnv = z.object({ ASSETS_BUCKET_NAME: name });

export const inspectEnv = z.object({ UPLOADS_BUCKET_NAME: name });
