import * as z from 'zod';

const name = z.string().min(1);

/** Variables of every function that uses the cache: what its connection is opened with. Apart from the connection, since `lib` reads it too. */
export const redisEnv = {
  /** `rediss://host:port` */
  REDIS_ENDPOINT: z.url({ protocol: /^rediss$/u }),
  /** The cache's name: what IAM authentication signs. */
  REDIS_CACHE_NAME: name,
  REDIS_USER_NAME: name,
};

export type RedisEnv = Readonly<Record<keyof typeof redisEnv, string>>;
