import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import type { FunctionOptions } from './lambda-function.ts';

export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  /** Absent when the process itself ended. */
  readonly trace?: readonly string[] | undefined;
}

/** What came of an invocation. `payload` is JSON. */
export type Outcome =
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly error: FunctionError; /** It never ran. */ readonly isThrottled?: true };

const errorSchema = z.object({
  errorType: z.string(),
  errorMessage: z.string(),
  trace: z.array(z.string()).optional(),
});
const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('answered'), payload: z.string() }),
  z.object({ kind: z.literal('failed'), error: errorSchema }),
  z.object({ kind: z.literal('crashed'), error: errorSchema }),
]);

/** Lambda gives the code outside the handler this long before the first invocation's own time begins. */
const initMs = 10_000;

/** One process with the function's bundle, one invocation at a time. It is killed at the function's time-out and may end at any moment. */
export class ExecutionEnvironment {
  readonly #options: FunctionOptions;
  readonly #child: ChildProcess;
  /** When the process is ready or has died; its first invocation tells. */
  readonly initialized: Promise<void>;
  #settle: ((outcome: Outcome) => void) | undefined;
  #diedOf: FunctionError | undefined;

  constructor(options: FunctionOptions) {
    this.#options = options;
    const [module = 'index'] = options.handler.split('.');
    this.#child = fork(path.join(import.meta.dirname, 'worker.mjs'), {
      cwd: options.codeFolder,
      env: {
        ...options.environment,
        _HANDLER: options.handler,
        FANFARE_STAGE_BUNDLE: path.join(options.codeFolder, `${module}.mjs`),
        FANFARE_STAGE_FUNCTION_ARN: options.arn,
      },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream !== null) {
        createInterface({ input: stream }).on('line', options.log);
      }
    }
    this.initialized = this.#initialize();
  }

  get isAlive(): boolean {
    return this.#diedOf === undefined;
  }

  /**
   * Never throws.
   * @param leftMs of the function's time-out; without any it times out before it runs
   */
  async run(event: string, requestId: string, leftMs: number = this.#options.timeoutMs): Promise<Outcome> {
    if (this.#diedOf !== undefined) {
      return { ok: false, error: this.#diedOf };
    }
    const outcome = new Promise<Outcome>((resolve) => {
      this.#settle = resolve;
    });
    const timer = setTimeout(
      () =>
        this.kill(
          `RequestId: ${requestId} Error: Task timed out after ${(this.#options.timeoutMs / 1000).toFixed(2)} seconds`,
          'Sandbox.Timedout',
        ),
      leftMs,
    );
    if (leftMs > 0) {
      // A send that fails means that the process is about to exit, which settles the invocation.
      this.#child.send({ event, requestId, deadline: Date.now() + leftMs }, () => undefined);
    }
    try {
      return await outcome;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the process at once; an invocation under way fails with `message`. */
  kill(message: string, errorType = 'Runtime.ExitError'): void {
    this.#diedOf ??= { errorType, errorMessage: message };
    this.#child.kill('SIGKILL');
  }

  /** Ends the process and waits until it is gone. */
  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exit = once(this.#child, 'exit');
      this.kill('The stage has stopped');
      await exit;
    }
  }

  async #initialize(): Promise<void> {
    const patience = setTimeout(
      () =>
        this.kill(
          `Init phase timed out after ${(initMs + this.#options.timeoutMs) / 1000} seconds`,
          'Sandbox.Timedout',
        ),
      initMs + this.#options.timeoutMs,
    );
    await new Promise<void>((resolve) => {
      this.#child.on('message', (message) => {
        const parsed = messageSchema.parse(message);
        if (parsed.kind === 'ready') {
          resolve();
        } else if (parsed.kind === 'answered') {
          this.#end({ ok: true, payload: parsed.payload });
        } else if (parsed.kind === 'failed') {
          this.#end({ ok: false, error: parsed.error });
        } else {
          this.#diedOf ??= parsed.error;
        }
      });
      this.#child.on('exit', (code, signal) => {
        this.#diedOf ??= {
          errorType: 'Runtime.ExitError',
          errorMessage: `Runtime exited with error: ${signal === null ? `exit status ${code ?? 0}` : `signal: ${signal}`}`,
        };
        this.#end({ ok: false, error: this.#diedOf });
        resolve();
      });
    });
    clearTimeout(patience);
  }

  #end(outcome: Outcome): void {
    this.#settle?.(outcome);
    this.#settle = undefined;
  }
}
