import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { HttpProblem } from './http-problem.ts';

/** The longest that a request may wait for news: API Gateway ends one after 30 seconds. */
export const longestWaitSeconds = 20;

const waitSchema = z.coerce.number().min(0).max(longestWaitSeconds);

/** The milliseconds that `?wait=<seconds>` asks for, 0 without it. Throws the HttpProblem 400 `invalid-wait`. */
export function waitMs(event: Pick<APIGatewayProxyEventV2, 'queryStringParameters'>): number {
  const wait = waitSchema.safeParse(event.queryStringParameters?.['wait'] ?? '0');
  if (!wait.success) {
    throw new HttpProblem(
      400,
      'invalid-wait',
      `“wait” is a number of seconds from 0 to ${longestWaitSeconds}.`,
    );
  }
  return wait.data * 1000;
}
