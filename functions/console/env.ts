import * as z from 'zod';

/** The environment of each function: `lib` types its variables with it, the function parses it once at cold start. */
export const probeEnv = z.object({
  /** The site's public address, without a slash at the end. */
  SITE_URL: z.url({ protocol: /^https?$/u }),
});
