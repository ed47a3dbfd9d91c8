/** Draws the next frame: `requestAnimationFrame` and its counterpart. */
export interface Ticks {
  readonly request: (tick: (nowMs: number) => void) => number;
  readonly cancel: (id: number) => void;
  readonly now: () => number;
}

const browserTicks: Ticks = {
  request: (tick) => requestAnimationFrame(tick),
  cancel: (id) => {
    cancelAnimationFrame(id);
  },
  now: () => performance.now(),
};

/** Which moment is shown. It plays at the rate of the clock, whatever painting takes, and begins again at the end. Times in milliseconds. */
export class Player {
  #atMs = 0;
  #durationMs = 0;
  #tick: number | undefined;
  #wasNow = 0;
  readonly #listeners = new Set<() => void>();
  readonly #ticks: Ticks;

  constructor(ticks: Ticks = browserTicks) {
    this.#ticks = ticks;
  }

  get atMs(): number {
    return this.#atMs;
  }

  get durationMs(): number {
    return this.#durationMs;
  }

  get isPlaying(): boolean {
    return this.#tick !== undefined;
  }

  /** Something else is shown now; 0 for what does not move. */
  setDuration(durationMs: number): void {
    if (durationMs === this.#durationMs) {
      return;
    }
    this.#durationMs = durationMs;
    this.#atMs = Math.min(this.#atMs, Math.max(0, durationMs - 1));
    if (durationMs === 0) {
      this.#stop();
    }
    this.#tell();
  }

  play(): void {
    if (this.isPlaying || this.#durationMs === 0) {
      return;
    }
    this.#wasNow = this.#ticks.now();
    this.#tick = this.#ticks.request(this.#onTick);
    this.#tell();
  }

  pause(): void {
    if (this.isPlaying) {
      this.#stop();
      this.#tell();
    }
  }

  toggle(): void {
    if (this.isPlaying) {
      this.pause();
    } else {
      this.play();
    }
  }

  seek(atMs: number): void {
    this.#atMs = Math.min(Math.max(0, atMs), Math.max(0, this.#durationMs - 1));
    this.#wasNow = this.#ticks.now();
    this.#tell();
  }

  /** Called whenever the moment changes or it begins or stops; ends with the answered function. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  close(): void {
    this.#stop();
    this.#listeners.clear();
  }

  #stop(): void {
    if (this.#tick !== undefined) {
      this.#ticks.cancel(this.#tick);
      this.#tick = undefined;
    }
  }

  readonly #onTick = (): void => {
    const now = this.#ticks.now();
    this.#atMs = (this.#atMs + Math.max(0, now - this.#wasNow)) % Math.max(1, this.#durationMs);
    this.#wasNow = now;
    this.#tick = this.#ticks.request(this.#onTick);
    this.#tell();
  };

  #tell(): void {
    for (const listener of this.#listeners) {
      listener();
    }
  }
}
