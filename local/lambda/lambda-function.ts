import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ExecutionEnvironment, type Outcome } from './execution-environment.ts';

export interface FunctionOptions {
  readonly name: string;
  readonly arn: string;
  /** The construct path, for people. */
  readonly path: string;
  /** The folder with the bundle, outside the project. */
  readonly codeFolder: string;
  /** `file.export` */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** Execution environments at the same time, at most; more invocations wait. */
  readonly maxConcurrency: number;
  readonly log: (line: string) => void;
}

/** A Lambda function: a pool of execution environments, grown when all are busy. */
export class LambdaFunction {
  readonly options: FunctionOptions;
  readonly #environments = new Set<ExecutionEnvironment>();
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #waiting: ((environment: ExecutionEnvironment) => void)[] = [];
  #killAfterMs: number | undefined;
  #stopped = false;

  constructor(options: FunctionOptions) {
    this.options = options;
  }

  /** Runs the handler with `event`; never throws. */
  async invoke(event: unknown, requestId: string = randomUUID()): Promise<Outcome> {
    const environment = await this.#acquire();
    const faulty = this.#killAfterMs;
    if (faulty !== undefined) {
      this.#killAfterMs = undefined;
      void pause(faulty).then(() => environment.kill('killed by a fault'));
    }
    const outcome = await environment.run(JSON.stringify(event), requestId);
    this.#release(environment);
    return outcome;
  }

  /** The next invocation loses its process after `ms`, in the middle of its work. */
  killNext(ms: number): void {
    this.#killAfterMs = ms;
  }

  /** Starts execution environments until there are `count`, and waits for them. */
  async warm(count: number): Promise<void> {
    const started = await Promise.all(
      Array.from({ length: Math.min(count, this.options.maxConcurrency) - this.#environments.size }, () =>
        this.#start(),
      ),
    );
    for (const environment of started) {
      this.#release(environment);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#environments].map((environment) => environment.stop()));
  }

  async #acquire(): Promise<ExecutionEnvironment> {
    const idle = this.#idle.pop();
    if (idle !== undefined) {
      return idle;
    }
    if (this.#environments.size < this.options.maxConcurrency) {
      return this.#start();
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  async #start(): Promise<ExecutionEnvironment> {
    const environment = new ExecutionEnvironment(this.options);
    this.#environments.add(environment);
    await environment.initialized;
    return environment;
  }

  #release(environment: ExecutionEnvironment): void {
    if (environment.isAlive) {
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#idle.push(environment);
      } else {
        next(environment);
      }
      return;
    }
    this.#environments.delete(environment);
    const next = this.#waiting.shift();
    if (next !== undefined && !this.#stopped) {
      void this.#start().then(next);
    }
  }
}
