import { HttpProblem } from './http-problem.ts';

/** Throws when it cannot count: without a limit nothing is granted. */
export interface RateLimiter {
  /** Counts one more for `client`; answers the seconds to wait when over `limitPerMinute`, else undefined. */
  take(client: string, limitPerMinute: number): Promise<number | undefined>;
}

/**
 * Takes a client's turn to upload, or throws a 429 with the seconds to wait.
 * @param client what one rate limit counts: an address or a network
 * @param limited told before the refusal
 */
export async function takeTurn(
  rate: RateLimiter,
  client: string,
  limitPerMinute: number,
  limited: () => void,
): Promise<void> {
  const waitSeconds = await rate.take(client, limitPerMinute);
  if (waitSeconds !== undefined) {
    limited();
    throw new HttpProblem(
      429,
      'too-many-uploads',
      `At most ${limitPerMinute} uploads a minute are granted; try again in ${waitSeconds} seconds.`,
      { headers: { 'retry-after': String(waitSeconds) } },
    );
  }
}
