import type { EditFailure } from '../../contracts/edit.ts';
import { PermanentError } from '../../kernel/errors.ts';
import { HttpProblem } from '../../kernel/http-problem.ts';

const prefix = '/problems/';

/** The failure to record; undefined for what a retry may mend. */
export function failureOf(error: unknown): EditFailure | undefined {
  if (error instanceof PermanentError) {
    return { code: error.code, message: error.message };
  }
  if (error instanceof HttpProblem && error.problem.status < 500) {
    const { type, detail, errors } = error.problem;
    return {
      code: type.slice(prefix.length),
      message: detail,
      ...(errors === undefined ? {} : { errors }),
    };
  }
  return undefined;
}

/** What a client that asked for a picture is answered when there will be none. */
export const problemOf = ({ code, message, errors }: EditFailure): HttpProblem =>
  new HttpProblem(422, code, message, errors === undefined ? {} : { errors });
