import * as z from 'zod';
import { redisEnv } from '../kernel/redis-env.ts';

const name = z.string().min(1);

/** The environment of each function: `lib` types its variables with it, the function parses it once at cold start. */
export const receiveEnv = z.object({
  /** Has the service directory. */
  WORK_BUCKET_NAME: name,
  EVENTS_QUEUE_URL: z.url(),
  /** What names of connections' secrets begin with. */
  CONNECTION_SECRET_PREFIX: name,
});

/** Of whoever writes the projection or reads it: `record`, `catch-up` and `report`. */
export const projectionEnv = z.object({
  /** Has every event as it came. */
  ARCHIVE_BUCKET_NAME: name,
  /** Has the service directory, and the lists of what is still to be done. */
  WORK_BUCKET_NAME: name,
  /** The environments that figures are made of, with commas between them. */
  COUNTED_ENVIRONMENTS: name.transform((text): ReadonlySet<string> => new Set(text.split(','))),
  ...redisEnv,
});

export const signHeadsEnv = z.object({
  ARCHIVE_BUCKET_NAME: name,
  /** Has the list of chains that have grown. */
  WORK_BUCKET_NAME: name,
  HEADS_BUCKET_NAME: name,
  HEAD_KEY_ARN: z.string().startsWith('arn:'),
});

export const packChainsEnv = z.object({
  ARCHIVE_BUCKET_NAME: name,
  /** Has the note of how far the archive is packed. */
  WORK_BUCKET_NAME: name,
  HEADS_BUCKET_NAME: name,
});

export const auditEnv = z.object({
  ARCHIVE_BUCKET_NAME: name,
  HEADS_BUCKET_NAME: name,
  HEAD_KEY_ARN: z.string().startsWith('arn:'),
});

export const takeAwsEnv = z.object({
  /** Has the service directory. */
  WORK_BUCKET_NAME: name,
  EVENTS_QUEUE_URL: z.url(),
});
