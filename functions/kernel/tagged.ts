import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpAnswer } from './http.ts';
import { unavailable } from './http-problem.ts';
import { RedisUnavailable } from './redis.ts';

/**
 * A route that reports what the projection knows, as JSON with an entity tag: whoever has it already is told so in few bytes (RFC 9110, 13.1.2). While the
 * projection is away it is a 503 with `Retry-After`.
 *
 * @param away what is said then
 */
export const tagged =
  (away: string) =>
  (report: (event: APIGatewayProxyEventV2) => Promise<unknown>) =>
  async (event: APIGatewayProxyEventV2): Promise<HttpAnswer> => {
    const body = await report(event).catch((error: unknown) => {
      throw error instanceof RedisUnavailable ? unavailable(away, retryAfterSeconds, error) : error;
    });
    const etag = `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22)}"`;
    const headers = { etag, 'cache-control': 'private, no-cache' };
    return event.headers['if-none-match'] === etag
      ? { status: 304, headers }
      : { status: 200, body, headers };
  };

const retryAfterSeconds = 5;
