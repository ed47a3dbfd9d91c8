/** Calls `work` after every minute of CloudWatch, with the number of the one that has begun, and never twice at the same time. */
export class Minutes {
  readonly #minuteMs: number;
  readonly #work: (minute: number) => Promise<void>;
  readonly #failed: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(minuteMs: number, work: (minute: number) => Promise<void>, failed: (error: unknown) => void) {
    this.#minuteMs = minuteMs;
    this.#work = work;
    this.#failed = failed;
    this.#schedule(Math.floor(Date.now() / minuteMs) + 1);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(minute: number): void {
    if (!this.#isStopped) {
      this.#timer = setTimeout(
        () => {
          this.#running = this.#run(minute);
        },
        Math.max(0, minute * this.#minuteMs - Date.now()),
      );
    }
  }

  async #run(due: number): Promise<void> {
    // A timer may fire a moment early.
    const minute = Math.max(due, Math.floor(Date.now() / this.#minuteMs));
    try {
      await this.#work(minute);
    } catch (error) {
      this.#failed(error);
    }
    this.#schedule(Math.max(minute, Math.floor(Date.now() / this.#minuteMs)) + 1);
  }
}
