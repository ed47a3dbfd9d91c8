import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import { findRoute, type Route } from './routes.ts';
import type { Throttle } from './throttle.ts';

export interface CorsConfiguration {
  readonly AllowOrigins?: readonly string[] | undefined;
  readonly AllowMethods?: readonly string[] | undefined;
  readonly AllowHeaders?: readonly string[] | undefined;
  readonly ExposeHeaders?: readonly string[] | undefined;
  readonly MaxAge?: number | undefined;
}

export interface HttpApiOptions {
  readonly apiId: string;
  readonly account: string;
  readonly routes: readonly Route<LambdaFunction>[];
  readonly cors?: CorsConfiguration | undefined;
  readonly throttle: Throttle;
}

/** Limits of HTTP APIs. Source: Amazon API Gateway developer guide, "Quotas for HTTP APIs". */
export const maxRequestBytes = 10 * 1024 * 1024;
const maxAnswerBytes = 6 * 1024 * 1024;
const integrationTimeoutMs = 30_000;

const answerSchema = z.looseObject({
  statusCode: z.int().optional(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  cookies: z.array(z.string()).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().optional(),
});

const message = (status: number, text: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message: text }),
});

export const tooLarge = message(413, 'Request Entity Too Large');

/** An API Gateway HTTP API with Lambda integrations, payload format 2.0. */
export class HttpApi {
  readonly #options: HttpApiOptions;

  constructor(options: HttpApiOptions) {
    this.#options = options;
  }

  async handle(request: HttpRequest): Promise<HttpResponse> {
    const response = (await this.#preflight(request)) ?? (await this.#answer(request));
    return {
      ...response,
      headers: { ...response.headers, ...this.#corsHeaders(request), 'apigw-requestid': randomUUID() },
    };
  }

  async #answer(request: HttpRequest): Promise<HttpResponse> {
    const { pathname } = new URL(request.url, 'http://api');
    const match = findRoute(this.#options.routes, request.method, pathname);
    if (match === undefined) {
      return message(404, 'Not Found');
    }
    if (!this.#options.throttle.take()) {
      return message(429, 'Too Many Requests');
    }
    if (request.body.byteLength > maxRequestBytes) {
      return tooLarge;
    }
    const event = toEvent(request, match.route.key, match.pathParameters, this.#options);
    const outcome = await Promise.race([match.route.target.invoke(event), timeout()]);
    if (outcome === undefined) {
      return message(503, 'Service Unavailable');
    }
    return outcome.ok && Buffer.byteLength(outcome.payload) <= maxAnswerBytes
      ? toResponse(outcome.payload)
      : message(500, 'Internal Server Error');
  }

  async #preflight(request: HttpRequest): Promise<HttpResponse | undefined> {
    return this.#options.cors !== undefined && request.method === 'OPTIONS'
      ? { status: 204, headers: {}, body: '' }
      : undefined;
  }

  #corsHeaders({ headers, method }: HttpRequest): Record<string, string> {
    const { cors } = this.#options;
    const origin = headers['origin'];
    const allowed = cors?.AllowOrigins?.find((each) => each === '*' || each === origin);
    if (origin === undefined || cors === undefined || allowed === undefined) {
      return {};
    }
    const entries: [string, string | undefined][] = [
      ['access-control-allow-origin', allowed],
      ['access-control-expose-headers', cors.ExposeHeaders?.join(',')],
      ...(method === 'OPTIONS'
        ? [
            ['access-control-allow-methods', cors.AllowMethods?.join(',')] satisfies [
              string,
              string | undefined,
            ],
            ['access-control-allow-headers', cors.AllowHeaders?.join(',')] satisfies [
              string,
              string | undefined,
            ],
            ['access-control-max-age', cors.MaxAge?.toString()] satisfies [string, string | undefined],
          ]
        : []),
    ];
    return Object.fromEntries(
      entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
  }
}

const timeout = async (): Promise<undefined> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(undefined), integrationTimeoutMs).unref();
  });

/** Source: API Gateway developer guide, "AWS Lambda proxy integrations for HTTP APIs", payload format version 2.0. */
function toEvent(
  request: HttpRequest,
  routeKey: string,
  pathParameters: Readonly<Record<string, string>>,
  { apiId, account }: HttpApiOptions,
): unknown {
  const url = new URL(request.url, 'http://api');
  const { cookie, ...headers } = request.headers;
  const query = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    const before = query.get(name);
    query.set(name, before === undefined ? value : `${before},${value}`);
  }
  const isText = /^(text\/|application\/(json|xml|javascript|[\w.+-]+\+json))/u.test(
    headers['content-type'] ?? '',
  );
  const now = new Date();
  return {
    version: '2.0',
    routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookie === undefined ? {} : { cookies: cookie.split(/;\s*/u) }),
    headers: { ...headers, 'x-forwarded-for': request.sourceIp, 'x-forwarded-proto': 'https' },
    ...(query.size === 0 ? {} : { queryStringParameters: Object.fromEntries(query) }),
    ...(Object.keys(pathParameters).length === 0 ? {} : { pathParameters }),
    requestContext: {
      accountId: account,
      apiId,
      domainName: headers['host'] ?? 'localhost',
      domainPrefix: apiId,
      http: {
        method: request.method,
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: toCommonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(request.body.byteLength === 0 ? {} : { body: request.body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.byteLength > 0 && !isText,
  };
}

function toCommonLogTime(time: Date): string {
  const [, day, month, year, clock] = /, (\d+) (\w+) (\d+) ([\d:]+)/u.exec(time.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${clock} +0000`;
}

/** Without a `statusCode` the whole answer is the body, with 200. */
function toResponse(payload: string): HttpResponse {
  const value: unknown = JSON.parse(payload);
  const answer = answerSchema.safeParse(value);
  if (!answer.success || answer.data.statusCode === undefined) {
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: typeof value === 'string' ? value : payload,
    };
  }
  const { statusCode, headers, cookies, body = '', isBase64Encoded = false } = answer.data;
  return {
    status: statusCode,
    headers: {
      ...(body === '' ? {} : { 'content-type': 'text/plain; charset=utf-8' }),
      ...Object.fromEntries(
        Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
      ),
      ...(cookies === undefined ? {} : { 'set-cookie': cookies }),
    },
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}
