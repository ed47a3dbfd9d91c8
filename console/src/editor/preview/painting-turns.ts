/** One painting after the other, and of those that wait only the newest. */
export class PaintingTurns {
  #isBusy = false;
  #waiting:
    | { readonly work: () => Promise<void>; readonly done: (started: Promise<void>) => void }
    | undefined;

  /** Resolves after `work`, or when a newer one has taken its place while it waited. */
  async take(work: () => Promise<void>): Promise<void> {
    if (this.#isBusy) {
      this.#waiting?.done(Promise.resolve());
      await new Promise<void>((done) => {
        this.#waiting = { work, done };
      });
      return;
    }
    await this.#run(work);
  }

  async #run(work: () => Promise<void>): Promise<void> {
    this.#isBusy = true;
    try {
      await work();
    } finally {
      this.#isBusy = false;
      const next = this.#waiting;
      this.#waiting = undefined;
      next?.done(this.#run(next.work));
    }
  }
}
