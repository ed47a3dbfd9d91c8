import { HttpProblem } from '../../kernel/http-problem.ts';

/** Collects what is wrong with a recipe, so that a client hears of everything at once. */
export class Refusals {
  readonly #errors: { pointer: string; detail: string }[] = [];

  /** @param pointer JSON Pointer into the recipe, @param detail a sentence: what is wrong and what is accepted */
  add(pointer: string, detail: string): void {
    this.#errors.push({ pointer, detail });
  }

  /** Throws a 422 `invalid-recipe` when anything was added. */
  throwIfAny(): void {
    const [first] = this.#errors;
    if (first === undefined) {
      return;
    }
    throw new HttpProblem(
      422,
      'invalid-recipe',
      this.#errors.length === 1 ? first.detail : `${first.detail} And ${this.#errors.length - 1} more.`,
      { errors: this.#errors },
    );
  }
}
