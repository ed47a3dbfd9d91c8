import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { PermanentError } from '../../../kernel/errors.ts';
import type { MovieAnswer, MovieCall, MovieCalls } from './movie-calls.ts';

/** A thread that was ended because it took more than it may: what it was asked is too much, or leads round in circles. */
export class MovieThreadExceeded extends Error {
  override readonly name = 'MovieThreadExceeded';
  readonly what: 'time' | 'memory';

  constructor(what: 'time' | 'memory', message: string, options?: ErrorOptions) {
    super(message, options);
    this.what = what;
  }
}

/** Beside the bundle under this name; see tools/build-functions.ts. */
const script = new URL(
  import.meta.url.endsWith('.ts') ? './worker/movie-worker.ts' : './movie-worker.mjs',
  import.meta.url,
);

/** Of tables and packets; pictures are outside of it. */
const maxHeapMb = 384;

/** A worker that answers one question at a time, each within a limit. Whatever it is doing, `end` ends it. */
export class MovieThread {
  readonly #worker = new Worker(script, {
    name: 'movies',
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
    // The flags of whoever runs this, as a test runner's, are not the worker's.
    execArgv: [],
  });
  readonly #ended = new AbortController();
  #isBusy = false;
  #failure: unknown;

  constructor() {
    this.#worker.unref();
    this.#worker.once('exit', () => this.#ended.abort());
    this.#worker.once('error', (error) => {
      this.#failure = error;
      this.#ended.abort();
    });
  }

  /** Whether it may be asked something: it lives, and has answered everything. */
  get isIdle(): boolean {
    return !this.#isBusy && !this.#ended.signal.aborted;
  }

  /**
   * @throws PermanentError for what the movie is to blame
   * @throws MovieThreadExceeded and the thread has ended
   */
  async ask<Call extends MovieCall>(
    call: Call,
    takes: MovieCalls[Call]['takes'],
    limitMs: number,
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<MovieCalls[Call]['gives']> {
    if (!this.isIdle) {
      throw new Error(`The thread for movies was asked to ${call} while ${this.#isBusy ? 'busy' : 'gone'}`, {
        cause: this.#failure,
      });
    }
    this.#isBusy = true;
    this.#worker.ref();
    const limit = AbortSignal.timeout(Math.max(1, Math.round(limitMs)));
    try {
      const answered = once(this.#worker, 'message', {
        signal: AbortSignal.any([limit, this.#ended.signal]),
      });
      this.#worker.postMessage({ call, takes }, [...transfer]);
      const [answer]: MovieAnswer<Call>[] = await answered;
      return givenBy(answer);
    } catch (error) {
      throw await this.#explain(error, call, limit.aborted);
    } finally {
      this.#isBusy = false;
      this.#worker.unref();
    }
  }

  async end(): Promise<void> {
    this.#ended.abort();
    await this.#worker.terminate();
  }

  async #explain(error: unknown, call: MovieCall, isLate: boolean): Promise<unknown> {
    const failure = this.#failure;
    if (failure instanceof Error && 'code' in failure && failure.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      return new MovieThreadExceeded('memory', `The movie took more memory than there is to ${call}`, {
        cause: failure,
      });
    }
    if (failure !== undefined) {
      return failure;
    }
    if (isLate && !(error instanceof PermanentError)) {
      await this.end();
      return new MovieThreadExceeded('time', `The movie took too long to ${call}`, { cause: error });
    }
    return error;
  }
}

function givenBy<Call extends MovieCall>(answer: MovieAnswer<Call> | undefined): MovieCalls[Call]['gives'] {
  if (answer === undefined) {
    throw new Error('The thread for movies answered nothing');
  }
  if ('gives' in answer) {
    return answer.gives;
  }
  const { code, message, cause } = answer.failure;
  throw code === undefined ? new Error(message, { cause }) : new PermanentError(code, message, { cause });
}
