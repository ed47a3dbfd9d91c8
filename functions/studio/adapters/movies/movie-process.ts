import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { PermanentError } from '../../../kernel/errors.ts';
import { openChannel } from './channel.ts';
import { openSharedFile } from './shared-file.ts';
import type { MovieAnswer, MovieCall, MovieCalls } from './movie-calls.ts';

/**
 * A process that is no more because of what it was asked: it did not answer in time, took more memory than there is, or what it was reading brought it down.
 */
export class MovieProcessLost extends Error {
  override readonly name = 'MovieProcessLost';
}

/** Beside the bundle under this name; see tools/build-functions.ts. */
const script = new URL(
  import.meta.url.endsWith('.ts') ? './child/movie-child.ts' : './movie-child.mjs',
  import.meta.url,
);

/** Of tables and packets; pictures are outside of it. */
const maxHeapMb = 384;
/** What the libraries have said last, for the log: characters. */
const lastWords = 1000;
/** Ends that come from within; anything else was done to the process from outside. */
const crashes = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGTRAP']);

/**
 * A process in which movies are read and made, question by question, each within a limit. It is no worker thread because the native library keeps references
 * of the thread that loaded it last, and corrupts memory when there is a second one; and because what a hostile file may bring down is then not the function.
 */
export class MovieProcess {
  readonly #file = openSharedFile();
  readonly #child = spawn(process.execPath, [`--max-old-space-size=${maxHeapMb}`, fileURLToPath(script)], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', this.#file],
    // What reads strangers' files has no credentials.
    env: {
      NODE_PATH: process.env.NODE_PATH,
      // Lambda finds its own libraries by it.
      LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH,
      MALLOC_ARENA_MAX: '2',
    },
  });
  readonly #socket = socketOf(this.#child);
  readonly #channel = openChannel(this.#socket, this.#file, 'parent');
  readonly #ended = new AbortController();
  /** What was asked and not answered; answers come in the same order. */
  readonly #asked: ((answer: unknown) => void)[] = [];
  #said = '';
  #signal: NodeJS.Signals | null = null;

  constructor() {
    this.#channel.received.on('message', (answer: unknown) => this.#asked.shift()?.(answer));
    this.#child.once('error', () => this.#ended.abort());
    this.#child.once('exit', (_code, signal) => {
      this.#signal = signal;
      this.#ended.abort();
      closeSync(this.#file);
    });
    // It shows as the end of the child.
    this.#socket.on('error', () => this.#child.kill('SIGKILL'));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-lastWords);
    });
    this.#hold(false);
  }

  /** Whether it lives, and has answered everything. */
  get isIdle(): boolean {
    return this.#asked.length === 0 && !this.#ended.signal.aborted;
  }

  /**
   * Two questions may be open at a time; they are answered in order.
   * @throws PermanentError for what the movie is to blame
   * @throws MovieProcessLost and the process is gone
   */
  async ask<Call extends MovieCall>(
    call: Call,
    takes: MovieCalls[Call]['takes'],
    limitMs: number,
  ): Promise<MovieCalls[Call]['gives']> {
    if (this.#asked.length >= mostAsked || this.#ended.signal.aborted) {
      throw new Error(
        `The process for movies was asked to ${call} while ${this.#ended.signal.aborted ? 'gone' : 'busy'}: ${this.#said}`,
      );
    }
    const limit = AbortSignal.timeout(Math.max(1, Math.round(limitMs)));
    const answered = new EventEmitter();
    this.#asked.push((answer) => answered.emit('answer', answer));
    this.#hold(true);
    try {
      const answer = once(answered, 'answer', {
        signal: AbortSignal.any([limit, this.#ended.signal]),
      });
      this.#channel.send({ call, takes });
      const [given]: MovieAnswer<Call>[] = await answer;
      return givenBy(given);
    } catch (error) {
      throw await this.#explain(error, call, limit.aborted);
    } finally {
      this.#hold(this.#asked.length > 0 && !this.#ended.signal.aborted);
    }
  }

  async end(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const gone = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await gone;
    }
  }

  /** What is being asked keeps this process alive, the rest does not. */
  #hold(isWanted: boolean): void {
    const way = isWanted ? 'ref' : 'unref';
    this.#child[way]();
    this.#socket[way]();
    if (this.#child.stderr instanceof Socket) {
      this.#child.stderr[way]();
    }
  }

  async #explain(error: unknown, call: MovieCall, isLate: boolean): Promise<unknown> {
    const isAlive = !this.#ended.signal.aborted;
    if (error instanceof PermanentError || (isAlive && !isLate)) {
      return error;
    }
    if (isAlive) {
      await this.end();
      return new MovieProcessLost(`The movie took too long to ${call}`, { cause: error });
    }
    const message = `The process for movies ended (${this.#signal ?? 'by itself'}) when asked to ${call}: ${this.#said}`;
    return crashes.has(this.#signal ?? '')
      ? new MovieProcessLost(message, { cause: error })
      : new Error(message, { cause: error });
  }
}

/** As many as the channel has room for. */
const mostAsked = 2;

/** The descriptor on which the two talk: the fourth of `stdio`. */
function socketOf({ stdio: [, , , socket] }: ChildProcess): Socket {
  if (!(socket instanceof Socket)) {
    throw new Error('The process for movies could not be started');
  }
  return socket;
}

function givenBy<Call extends MovieCall>(answer: MovieAnswer<Call> | undefined): MovieCalls[Call]['gives'] {
  if (answer === undefined) {
    throw new Error('The process for movies answered nothing');
  }
  if ('gives' in answer) {
    return answer.gives;
  }
  const { code, message, cause } = answer.failure;
  throw code === undefined ? new Error(message, { cause }) : new PermanentError(code, message, { cause });
}
