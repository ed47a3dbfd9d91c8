import { HttpProblem } from '../../kernel/http-problem.ts';

/** Runs `work` on the recipe of a request's body: what is refused in the recipe is pointed to in the body. */
export async function inRecipe<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HttpProblem && error.problem.errors !== undefined) {
      const { status, type, detail, errors } = error.problem;
      throw new HttpProblem(status, type.slice(type.lastIndexOf('/') + 1), detail, {
        errors: errors.map(({ pointer, detail: what }) => ({ pointer: `/recipe${pointer}`, detail: what })),
        headers: { ...error.headers },
        cause: error,
      });
    }
    throw error;
  }
}
