import type { Problem } from '../contracts/problem.ts';

/** A refusal that a client can act on; the HTTP handler answers it as problem details (RFC 9457). */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  /**
   * @param code stable, becomes `/problems/<code>`
   * @param detail a sentence for people: what was wrong and what is accepted
   */
  constructor(
    status: number,
    code: string,
    detail: string,
    more: { errors?: Problem['errors']; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(detail, { cause: more.cause });
    this.problem = {
      type: `/problems/${code}`,
      title: titles[status] ?? 'Error',
      status,
      detail,
      ...(more.errors === undefined ? {} : { errors: more.errors }),
    };
    this.headers = more.headers ?? {};
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** For a dependency that is away for a while: 503 with `Retry-After` in seconds. */
export const unavailable = (detail: string, retryAfterSeconds: number, cause: unknown): HttpProblem =>
  new HttpProblem(503, 'temporarily-unavailable', detail, {
    headers: { 'retry-after': String(retryAfterSeconds) },
    cause,
  });
