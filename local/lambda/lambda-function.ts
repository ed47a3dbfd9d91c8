import { randomUUID } from 'node:crypto';
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

export interface Usage {
  readonly invocations: number;
  /** Milliseconds, each invocation rounded up. */
  readonly billedMs: number;
}

const stopped: Outcome = {
  ok: false,
  error: { errorType: 'Fanfare.StageStopped', errorMessage: 'The stage has stopped' },
};

/** A Lambda function: a pool of execution environments, grown when all are busy. */
export class LambdaFunction {
  readonly options: FunctionOptions;
  readonly #environments = new Set<ExecutionEnvironment>();
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #waiting: ((environment: ExecutionEnvironment | undefined) => void)[] = [];
  readonly #killsAfterMs: number[] = [];
  #usage: Usage = { invocations: 0, billedMs: 0 };
  #isStopped = false;

  constructor(options: FunctionOptions) {
    this.options = options;
  }

  /** What Lambda would have billed since the start, but for the memory. */
  get usage(): Usage {
    return this.#usage;
  }

  /** Runs the handler with `event`; never throws. */
  async invoke(event: unknown, requestId: string = randomUUID()): Promise<Outcome> {
    const environment = await this.#acquire();
    if (environment === undefined) {
      return stopped;
    }
    const killAfterMs = this.#killsAfterMs.shift();
    const fault =
      killAfterMs === undefined
        ? undefined
        : setTimeout(
            () =>
              environment.kill(`RequestId: ${requestId} Error: Runtime exited with error: signal: killed`),
            killAfterMs,
          );
    const startedAt = performance.now();
    const outcome = await environment.run(JSON.stringify(event), requestId);
    this.#usage = {
      invocations: this.#usage.invocations + 1,
      billedMs: this.#usage.billedMs + Math.ceil(performance.now() - startedAt),
    };
    clearTimeout(fault);
    this.#release(environment);
    return outcome;
  }

  /** The next invocation loses its process after `ms`, unless it has ended by then. Each call is for one more invocation. */
  killNext(ms: number): void {
    this.#killsAfterMs.push(ms);
  }

  /** Ends every process of the function now, whatever it is doing. Answers how many there were. */
  killAll(): number {
    const victims = [...this.#environments];
    for (const environment of victims) {
      environment.kill('Runtime exited with error: signal: killed');
    }
    return victims.length;
  }

  /** Starts execution environments until there are `count`, and waits for them. */
  async warm(count: number): Promise<void> {
    const missing = Math.min(count, this.options.maxConcurrency) - this.#environments.size;
    const started = await Promise.all(Array.from({ length: Math.max(0, missing) }, () => this.#start()));
    for (const environment of started) {
      this.#release(environment);
    }
  }

  /** Ends its processes; invocations under way, waiting and to come fail. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const resolve of this.#waiting.splice(0)) {
      resolve(undefined);
    }
    await Promise.all([...this.#environments].map((environment) => environment.stop()));
  }

  async #acquire(): Promise<ExecutionEnvironment | undefined> {
    if (this.#isStopped) {
      return undefined;
    }
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (idle.isAlive) {
        return idle;
      }
      this.#environments.delete(idle);
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
    if (!environment.isAlive) {
      this.#environments.delete(environment);
    }
    const next = this.#isStopped ? undefined : this.#waiting.shift();
    if (next === undefined) {
      if (environment.isAlive) {
        this.#idle.push(environment);
      }
    } else if (environment.isAlive) {
      next(environment);
    } else {
      void this.#replace(next);
    }
  }

  /** Hands a new environment to an invocation that waited for one that died. */
  async #replace(take: (environment: ExecutionEnvironment) => void): Promise<void> {
    take(await this.#start());
  }
}
