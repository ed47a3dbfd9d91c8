/** Lets callers wait for a condition on something that changes, without looking again and again. */
export class Changes {
  readonly #waiting = new Set<() => void>();

  /** To be called after every change. */
  happened(): void {
    for (const look of this.#waiting) {
      look();
    }
  }

  /** Resolves as soon as `holds`. Rejects after `withinMs`, and says how things stand then. */
  async until(holds: () => boolean, withinMs: number, howThingsStand: () => string): Promise<void> {
    if (holds()) {
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = (): void => {
      if (holds()) {
        resolve();
      }
    };
    const timer = setTimeout(
      () => reject(new Error(`Not within ${withinMs} ms. ${howThingsStand()}`)),
      withinMs,
    );
    this.#waiting.add(look);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(look);
    }
  }
}
