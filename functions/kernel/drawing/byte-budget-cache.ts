interface Kept<T> {
  readonly value: Promise<T>;
  bytes: number;
}

/**
 * Keeps what was made, by key, up to a number of bytes; forgets what was not asked for longest. Makes each thing once, also when it is asked
 * for twice at the same time; a failure is not kept.
 */
export class ByteBudgetCache<T> {
  readonly #budget: number;
  readonly #bytesOf: (value: T) => number;
  /** In the order of the last use, oldest first. */
  readonly #kept = new Map<string, Kept<T>>();

  constructor(budgetBytes: number, bytesOf: (value: T) => number) {
    this.#budget = budgetBytes;
    this.#bytesOf = bytesOf;
  }

  async get(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key);
    if (known !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.value;
    }
    const entry: Kept<T> = { value: make(), bytes: 0 };
    this.#kept.set(key, entry);
    try {
      const value = await entry.value;
      entry.bytes = this.#bytesOf(value);
      this.#forgetOldest();
      return value;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }

  #forgetOldest(): void {
    let total = 0;
    for (const { bytes } of this.#kept.values()) {
      total += bytes;
    }
    for (const [key, { bytes }] of this.#kept) {
      if (total <= this.#budget) {
        return;
      }
      this.#kept.delete(key);
      total -= bytes;
    }
  }
}
