import type { MovieCall, MovieCalls } from './movie-calls.ts';
import { MovieThread } from './movie-thread.ts';

/** How long a thread may be at work; the time in which nobody waits for it does not count. */
export interface MovieLimits {
  /** For one answer: a frame, say. */
  readonly stallMs: number;
  /** For all answers together. */
  readonly totalMs: number;
}

/** Threads that wait for the next movie: starting one takes longer than probing a clip. */
const idle: MovieThread[] = [];
const maxIdle = 2;

/** What is done with one movie, in a thread that nobody else uses meanwhile. */
export class MovieSession {
  readonly #limits: MovieLimits;
  #thread: MovieThread | undefined;
  #workedMs = 0;

  constructor(limits: MovieLimits) {
    this.#limits = limits;
    this.#thread = takeIdle() ?? new MovieThread();
  }

  async ask<Call extends MovieCall>(
    call: Call,
    takes: MovieCalls[Call]['takes'],
    transfer?: readonly ArrayBuffer[],
  ): Promise<MovieCalls[Call]['gives']> {
    if (this.#thread === undefined) {
      throw new Error(`The movie was closed before it was asked to ${call}`);
    }
    const start = performance.now();
    try {
      const { stallMs, totalMs } = this.#limits;
      return await this.#thread.ask(call, takes, Math.min(stallMs, totalMs - this.#workedMs), transfer);
    } finally {
      this.#workedMs += performance.now() - start;
    }
  }

  /** Leaves the thread to the next movie if it is at rest, and ends it otherwise. */
  async close(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    if (thread === undefined) {
      return;
    }
    if (!thread.isIdle || idle.length >= maxIdle) {
      await thread.end();
      return;
    }
    await thread.ask('reset', undefined, this.#limits.stallMs);
    idle.push(thread);
  }
}

function takeIdle(): MovieThread | undefined {
  for (let thread = idle.pop(); thread !== undefined; thread = idle.pop()) {
    if (thread.isIdle) {
      return thread;
    }
  }
  return undefined;
}
