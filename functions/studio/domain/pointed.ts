import { PermanentError } from '../../kernel/errors.ts';
import { HttpProblem } from '../../kernel/http-problem.ts';

/** Does work on what `pointer` names in the recipe: what cannot be used is refused there. */
export async function pointed<T>(pointer: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // What takes too long is nobody's fault in particular, and is perhaps done elsewhere.
    if (error instanceof PermanentError && error.code !== 'took-too-long') {
      const { code, message } = error;
      throw new HttpProblem(422, code, message, { errors: [{ pointer, detail: message }], cause: error });
    }
    throw error;
  }
}
