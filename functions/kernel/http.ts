import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { problemContentType } from '../contracts/problem.ts';
import { HttpProblem } from './http-problem.ts';
import { logger } from './logger.ts';
import { publishMetrics } from './metrics.ts';

/** What a route answers: JSON when there is a body, a page when there is one, else an empty answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly body?: unknown;
  /** HTML for people. It runs and loads nothing. */
  readonly page?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Route = (event: APIGatewayProxyEventV2) => Promise<HttpAnswer>;

/**
 * The Lambda handler of an HTTP API (payload format 2.0). Routes are keyed as API Gateway names them (`GET /things/{id}`).
 * An HttpProblem becomes its answer; anything else is logged and answered 500 without its details.
 */
export function httpHandler(routes: Readonly<Record<string, Route>>) {
  return async (
    event: APIGatewayProxyEventV2,
    context: Context,
  ): Promise<APIGatewayProxyStructuredResultV2> => {
    logger.addContext(context);
    try {
      const route = routes[event.routeKey];
      if (route === undefined) {
        throw new HttpProblem(404, 'unknown-address', `There is nothing at ${event.rawPath}.`);
      }
      return toResult(await route(event));
    } catch (error) {
      return toProblemResult(error);
    } finally {
      publishMetrics();
    }
  };
}

function toResult(answer: HttpAnswer): APIGatewayProxyStructuredResultV2 {
  const headers = { 'cache-control': 'no-store', ...answer.headers };
  if (answer.page !== undefined) {
    return { statusCode: answer.status, headers: { ...pageHeaders, ...headers }, body: answer.page };
  }
  return answer.body === undefined
    ? { statusCode: answer.status, headers }
    : {
        statusCode: answer.status,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(answer.body),
      };
}

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
} as const;

function toProblemResult(error: unknown): APIGatewayProxyStructuredResultV2 {
  const refusal = error instanceof HttpProblem ? error : undefined;
  if (refusal === undefined || refusal.problem.status >= 500) {
    logger.error('request failed', { error });
  }
  const { problem, headers } =
    refusal ??
    new HttpProblem(
      500,
      'internal-error',
      'Something went wrong on our side; the same request may be sent again.',
    );
  return {
    statusCode: problem.status,
    headers: { 'content-type': problemContentType, 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(problem),
  };
}
