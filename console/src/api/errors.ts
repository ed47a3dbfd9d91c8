import type { Problem } from '../../../functions/contracts/problem.ts';

/** The server said no; `problem` says why, in its words. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly problem: Problem;
  /** What `Retry-After` asked for. */
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: Problem, retryAfterSeconds: number | undefined) {
    super(problem.detail);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** No answer came: no network, a broken connection, or a time-out. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** An answer came that is not what the contract says, as from a captive portal or a proxy. */
export class UnexpectedAnswerError extends Error {
  override readonly name = 'UnexpectedAnswerError';
}
