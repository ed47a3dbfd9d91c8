import type { Problem } from '../../../functions/contracts/problem.ts';
import { RefusedError, UnexpectedAnswerError, UnreachableError } from './errors.ts';
import { retryAfterSeconds } from './retry-after.ts';
import { isProblem } from './shapes.ts';

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal: AbortSignal;
  /** Who asks: a token of the stage's issuer. @default anybody */
  readonly token?: string;
  /** @default 15 000 */
  readonly timeoutMs?: number;
}

/** A JSON answer and the server's time when it was made, in epoch milliseconds: the clock of a phone may be wrong by hours. */
export interface Answer<T> {
  readonly value: T;
  readonly servedAt: number;
}

/**
 * Asks the API of the page's own origin and checks the shape of what comes back.
 * @throws RefusedError, UnreachableError, UnexpectedAnswerError, or the reason of `signal` when that ended it.
 */
export async function request<T>(
  path: string,
  isExpected: (value: unknown) => value is T,
  options: RequestOptions,
): Promise<Answer<T>> {
  const response = await ask(path, options);
  const value: unknown = response.status === 204 ? undefined : await read(response, options.signal);
  if (!isExpected(value)) {
    throw new UnexpectedAnswerError(`${path} answered ${response.status} with something unexpected`);
  }
  const date = Date.parse(response.headers.get('date') ?? '');
  return { value, servedAt: Number.isNaN(date) ? Date.now() : date };
}

async function ask(
  path: string,
  { method = 'GET', body, signal, token, timeoutMs = 15_000 }: RequestOptions,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      cache: 'no-store',
    });
  } catch (error) {
    signal.throwIfAborted();
    throw new UnreachableError(`${path} could not be reached`, { cause: error });
  }
  if (!response.ok) {
    const problem: unknown = await response.json().catch(() => undefined);
    throw new RefusedError(
      isProblem(problem) ? problem : plainProblem(response.status),
      retryAfterSeconds(response.headers.get('retry-after'), Date.now()),
    );
  }
  return response;
}

async function read(response: Response, signal: AbortSignal): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof SyntaxError
      ? new UnexpectedAnswerError('the answer is not JSON', { cause: error })
      : new UnreachableError('the answer broke off', { cause: error });
  }
}

/** For an answer that comes from something in front of the service and has no words of its own. */
function plainProblem(status: number): Problem {
  const detail =
    status === 429 || status >= 500
      ? 'Fanfare is very busy just now. Please try again in a moment.'
      : `Fanfare did not accept this (${status}). Please reload the page and try again.`;
  return { type: 'about:blank', title: 'No answer', status, detail };
}
