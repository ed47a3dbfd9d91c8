import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { ApiMeter } from '../cloudwatch/service-metrics.ts';
import type { Claims, LocalIssuer, Refusal, TokenRule } from '../identity/local-issuer.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import { parseTarget } from './request-target.ts';
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
  readonly routes: readonly Route<Guarded>[];
  readonly issuer: LocalIssuer;
  readonly cors?: CorsConfiguration | undefined;
  readonly throttle: Throttle;
  readonly meter: ApiMeter;
}

/** A function, and whose tokens it takes; without a rule, anybody may call it. */
export interface Guarded {
  readonly fn: LambdaFunction;
  readonly rule: TokenRule | undefined;
}

/** Limits of HTTP APIs. Source: Amazon API Gateway developer guide, "Quotas for HTTP APIs". */
export const maxRequestBytes = 10 * 1024 * 1024;
/** Lambda's own, of an event and of an answer. */
const maxPayloadBytes = 6 * 1024 * 1024;
const integrationTimeoutMs = 30_000;

const answerSchema = z.looseObject({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  cookies: z.array(z.string()).optional(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().optional(),
});

const message = (status: number, text: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message: text }),
});

/** Source: API Gateway developer guide, "Control access to HTTP APIs with JWT authorizers"; the header is that of RFC 6750. */
const unauthorized = (refusal: Refusal): HttpResponse => ({
  ...message(401, 'Unauthorized'),
  headers: {
    'content-type': 'application/json',
    'www-authenticate':
      refusal === 'missing_token'
        ? 'Bearer'
        : 'Bearer scope="" error="invalid_token" error_description="the token is not valid"',
  },
});

export const tooLarge = message(413, 'Request Entity Too Large');
const internalServerError = message(500, 'Internal Server Error');

/** An API Gateway HTTP API with Lambda integrations, payload format 2.0. */
export class HttpApi {
  readonly #options: HttpApiOptions;

  constructor(options: HttpApiOptions) {
    this.#options = options;
  }

  async handle(request: HttpRequest): Promise<HttpResponse> {
    const began = performance.now();
    const watch = new IntegrationWatch();
    const response = (await this.#preflight(request)) ?? (await this.#answer(request, watch));
    this.#options.meter.answered(response.status, performance.now() - began, watch.tookMs);
    return {
      ...response,
      headers: { ...response.headers, ...this.#corsHeaders(request), 'apigw-requestid': randomUUID() },
    };
  }

  async #answer(request: HttpRequest, watch: IntegrationWatch): Promise<HttpResponse> {
    const match = findRoute(this.#options.routes, request.method, parseTarget(request.url).path);
    if (match === undefined) {
      return message(404, 'Not Found');
    }
    if (!this.#options.throttle.take()) {
      return message(429, 'Too Many Requests');
    }
    if (request.body.byteLength > maxRequestBytes) {
      return tooLarge;
    }
    const { fn, rule } = match.route.target;
    const claims =
      rule === undefined
        ? undefined
        : await this.#options.issuer.verify(rule, request.headers['authorization']);
    if (typeof claims === 'string') {
      return unauthorized(claims);
    }
    const event = toEvent(request, match.route.key, match.pathParameters, this.#options, claims);
    if (Buffer.byteLength(JSON.stringify(event)) > maxPayloadBytes) {
      return tooLarge;
    }
    const outcome = await watch.time(within(integrationTimeoutMs, fn.invoke(event)));
    if (outcome === undefined) {
      return message(503, 'Service Unavailable');
    }
    return outcome.ok && Buffer.byteLength(outcome.payload) <= maxPayloadBytes
      ? toResponse(outcome.payload)
      : internalServerError;
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

/** How long the function took, where one was asked. */
class IntegrationWatch {
  tookMs: number | undefined;

  async time<T>(work: Promise<T>): Promise<T> {
    const began = performance.now();
    const result = await work;
    this.tookMs = performance.now() - began;
    return result;
  }
}

/** Undefined when `work` takes longer than `ms`. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), ms);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Headers that end at API Gateway, and the one that it hands over by itself. */
const keptBack: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding', 'cookie']);

/** Source: API Gateway developer guide, "AWS Lambda proxy integrations for HTTP APIs", payload format version 2.0. */
function toEvent(
  request: HttpRequest,
  routeKey: string,
  pathParameters: Readonly<Record<string, string>>,
  { apiId, account }: HttpApiOptions,
  claims: Claims | undefined,
): unknown {
  const { path, query: rawQueryString } = parseTarget(request.url);
  const { cookie } = request.headers;
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !keptBack.has(name)));
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
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
    rawPath: path,
    rawQueryString,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/;\s*/u) }),
    headers: {
      ...headers,
      'content-length': String(request.body.byteLength),
      'x-amzn-trace-id': `Root=1-${Math.floor(now.getTime() / 1000).toString(16)}-${randomUUID().replaceAll('-', '').slice(0, 24)}`,
      'x-forwarded-for': request.sourceIp,
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    ...(query.size === 0 ? {} : { queryStringParameters: Object.fromEntries(query) }),
    ...(Object.keys(pathParameters).length === 0 ? {} : { pathParameters }),
    requestContext: {
      accountId: account,
      apiId,
      ...(claims === undefined ? {} : { authorizer: { jwt: { claims, scopes: null } } }),
      domainName: headers['host'] ?? 'localhost',
      domainPrefix: apiId,
      http: {
        method: request.method,
        path,
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

/** Without a `statusCode` the whole answer is the body, with 200; with one it must be well formed. */
function toResponse(payload: string): HttpResponse {
  const value: unknown = JSON.parse(payload);
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) {
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: typeof value === 'string' ? value : payload,
    };
  }
  const answer = answerSchema.safeParse(value);
  if (!answer.success) {
    return internalServerError;
  }
  const { statusCode, headers, cookies, isBase64Encoded = false } = answer.data;
  const body = answer.data.body ?? '';
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
