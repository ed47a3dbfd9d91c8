import type { MovieCall, MovieCalls } from './movie-calls.ts';
import { MovieProcess } from './movie-process.ts';

/** How long a process may be at work; the time in which nobody waits for it does not count. */
export interface MovieLimits {
  /** For one answer: a frame, say. */
  readonly stallMs: number;
  /** For all answers together. */
  readonly totalMs: number;
}

/** Processes that wait for the next movie: starting one takes longer than probing a clip. */
const idle: MovieProcess[] = [];
const maxIdle = 2;

/** What is done with one movie, in a process that nobody else uses meanwhile. */
export class MovieSession {
  readonly #limits: MovieLimits;
  #process: MovieProcess | undefined;
  #workedMs = 0;

  constructor(limits: MovieLimits) {
    this.#limits = limits;
    this.#process = takeIdle() ?? new MovieProcess();
  }

  async ask<Call extends MovieCall>(
    call: Call,
    takes: MovieCalls[Call]['takes'],
  ): Promise<MovieCalls[Call]['gives']> {
    if (this.#process === undefined) {
      throw new Error(`The movie was closed before it was asked to ${call}`);
    }
    const start = performance.now();
    try {
      const { stallMs, totalMs } = this.#limits;
      return await this.#process.ask(call, takes, Math.min(stallMs, totalMs - this.#workedMs));
    } finally {
      this.#workedMs += performance.now() - start;
    }
  }

  /** Leaves the process to the next movie if it is at rest, and ends it otherwise. */
  async close(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    if (process === undefined) {
      return;
    }
    if (!process.isIdle || idle.length >= maxIdle) {
      await process.end();
      return;
    }
    await process.ask('reset', undefined, this.#limits.stallMs);
    idle.push(process);
  }
}

function takeIdle(): MovieProcess | undefined {
  for (let process = idle.pop(); process !== undefined; process = idle.pop()) {
    if (process.isIdle) {
      return process;
    }
  }
  return undefined;
}
