/** Every Redis key of this service. The part in braces is the hash tag. All expire. */
export const redisKeys = {
  /** Counter of one client's uploads in one minute. */
  rate: (client: string, minute: number) => `studio:{${client}}:uploads:${minute}`,
} as const;
