/** Every Redis key of this service. The part in braces is the hash tag: keys of one job or picture lie on one shard. All expire. */
export const redisKeys = {
  /** Stream with one entry, the job's latest state; its id is the state's rank. */
  job: (jobId: string) => `personalise:{${jobId}}:job`,
  /** String, the holder's token. */
  lease: (pictureKey: string) => `personalise:{${pictureKey}}:lease`,
  /** Counter of one client's uploads in one minute. */
  rate: (client: string, minute: number) => `personalise:{${client}}:uploads:${minute}`,
} as const;

export const jobLifeSeconds = 24 * 60 * 60;
