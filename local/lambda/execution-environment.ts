import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import type { FunctionOptions } from './lambda-function.ts';

export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** What came of an invocation. `payload` is JSON. */
export type Outcome =
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly error: FunctionError };

const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('answered'), payload: z.string() }),
  z.object({
    kind: z.enum(['failed', 'crashed']),
    error: z.object({ errorType: z.string(), errorMessage: z.string(), trace: z.array(z.string()) }),
  }),
]);

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
    this.initialized = new Promise((resolve) => {
      this.#child.on('message', (message) => {
        const parsed = messageSchema.parse(message);
        if (parsed.kind === 'ready') {
          resolve();
        } else if (parsed.kind === 'answered') {
          this.#end({ ok: true, payload: parsed.payload });
        } else if (parsed.kind === 'failed') {
          this.#end({ ok: false, error: parsed.error });
        } else {
          this.#diedOf = parsed.error;
        }
      });
      this.#child.on('exit', (code, signal) => {
        this.#diedOf ??= {
          errorType: 'Runtime.ExitError',
          errorMessage: `RequestId: Error: Runtime exited with error: ${signal ?? `exit status ${code ?? 0}`}`,
          trace: [],
        };
        this.#end({ ok: false, error: this.#diedOf });
        resolve();
      });
    });
  }

  get isAlive(): boolean {
    return this.#diedOf === undefined;
  }

  async run(event: string, requestId: string): Promise<Outcome> {
    if (this.#diedOf !== undefined) {
      return { ok: false, error: this.#diedOf };
    }
    const { timeoutMs } = this.#options;
    const outcome = new Promise<Outcome>((resolve) => {
      this.#settle = resolve;
    });
    const timer = setTimeout(
      () => this.kill(`Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`, 'Sandbox.Timedout'),
      timeoutMs,
    );
    this.#child.send({ event, requestId, deadline: Date.now() + timeoutMs });
    try {
      return await outcome;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the process at once; an invocation under way fails with `message`. */
  kill(message: string, errorType = 'Runtime.ExitError'): void {
    this.#diedOf ??= { errorType, errorMessage: message, trace: [] };
    this.#child.kill('SIGKILL');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exit = once(this.#child, 'exit');
      this.kill('the stage has stopped');
      await exit;
    }
  }

  #end(outcome: Outcome): void {
    this.#settle?.(outcome);
    this.#settle = undefined;
  }
}
