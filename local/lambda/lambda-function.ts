import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { InvocationMeter } from '../cloudwatch/service-metrics.ts';
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
  readonly meter: InvocationMeter;
  readonly log: (line: string) => void;
}

export interface Usage {
  readonly invocations: number;
  /** Milliseconds, each invocation rounded up. */
  readonly billedMs: number;
}

/** An invocation without an execution environment. */
interface Waiting {
  readonly take: (environment: ExecutionEnvironment | undefined) => void;
  /** On the clock of `performance`. */
  readonly since: number;
}

/**
 * How long an invocation waits for one of the processes that there are before another is started, in milliseconds. Lambda would start one at once, on a
 * machine of its own; here many new processes at once would keep each other and everything else from working.
 */
const patienceMs = 250;
const cores = availableParallelism();

const stopped: Outcome = {
  ok: false,
  error: { errorType: 'Fanfare.StageStopped', errorMessage: 'The stage has stopped' },
};

/** Source: AWS Lambda API reference, `Invoke`, `TooManyRequestsException`. */
const throttled: Outcome = {
  ok: false,
  isThrottled: true,
  error: { errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.' },
};

const madeToFail: Outcome = {
  ok: false,
  error: { errorType: 'Error', errorMessage: 'The function is made to fail', trace: [] },
};

/** What is wrong with a function until it is healed. */
export type FunctionFault =
  | { readonly kind: 'failing' }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'slow'; readonly ms: number };

/** A Lambda function: a pool of execution environments, one for each core as they are needed, more when all are busy for long. */
export class LambdaFunction {
  readonly options: FunctionOptions;
  readonly #environments = new Set<ExecutionEnvironment>();
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #waiting: Waiting[] = [];
  #starting = 0;
  #patience: NodeJS.Timeout | undefined;
  readonly #killsAfterMs: number[] = [];
  #usage: Usage = { invocations: 0, billedMs: 0 };
  readonly #stopping = new AbortController();
  #fault: FunctionFault | undefined;

  constructor(options: FunctionOptions) {
    this.options = options;
  }

  /** What Lambda would have billed since the start, but for the memory. */
  get usage(): Usage {
    return this.#usage;
  }

  /** Runs the handler with `event`; never throws. */
  async invoke(event: unknown, requestId: string = randomUUID()): Promise<Outcome> {
    const { meter } = this.options;
    if (this.#fault?.kind === 'throttled') {
      meter.throttled();
      return throttled;
    }
    if (this.#fault?.kind === 'failing') {
      meter.begun();
      meter.ended(1, true);
      return madeToFail;
    }
    const environment = await this.#acquire();
    if (environment === undefined) {
      return stopped;
    }
    meter.begun();
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
    const delayMs = await this.#delay();
    const outcome = await environment.run(JSON.stringify(event), requestId, this.options.timeoutMs - delayMs);
    const tookMs = performance.now() - startedAt;
    meter.ended(tookMs, !outcome.ok);
    this.#usage = {
      invocations: this.#usage.invocations + 1,
      billedMs: this.#usage.billedMs + Math.ceil(tookMs),
    };
    clearTimeout(fault);
    this.#release(environment);
    return outcome;
  }

  /** The next invocation loses its process after `ms`, unless it has ended by then. Each call is for one more invocation. */
  killNext(ms: number): void {
    this.#killsAfterMs.push(ms);
  }

  /** From now on its invocations go wrong so; undefined heals it. */
  disturb(fault: FunctionFault | undefined): void {
    this.#fault = fault;
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
    this.#stopping.abort();
    clearTimeout(this.#patience);
    for (const { take } of this.#waiting.splice(0)) {
      take(undefined);
    }
    await Promise.all([...this.#environments].map((environment) => environment.stop()));
  }

  /** Of a slow function, at most until its time is up. A stop ends it. */
  async #delay(): Promise<number> {
    if (this.#fault?.kind !== 'slow') {
      return 0;
    }
    const ms = Math.min(this.#fault.ms, this.options.timeoutMs);
    try {
      await pause(ms, undefined, { signal: this.#stopping.signal });
    } catch (error) {
      if (!this.#stopping.signal.aborted) {
        throw error;
      }
    }
    return ms;
  }

  async #acquire(): Promise<ExecutionEnvironment | undefined> {
    if (this.#stopping.signal.aborted) {
      return undefined;
    }
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (idle.isAlive) {
        return idle;
      }
      this.#environments.delete(idle);
    }
    return new Promise((take) => {
      this.#waiting.push({ take, since: performance.now() });
      this.#grow();
    });
  }

  #grow(): void {
    const [oldest] = this.#waiting;
    if (
      oldest === undefined ||
      this.#stopping.signal.aborted ||
      this.#starting >= Math.min(cores, this.#waiting.length) ||
      this.#environments.size >= this.options.maxConcurrency
    ) {
      return;
    }
    const leftMs = oldest.since + patienceMs - performance.now();
    if (this.#environments.size >= cores && leftMs > 0) {
      this.#patience ??= setTimeout(() => {
        this.#patience = undefined;
        this.#grow();
      }, leftMs);
      return;
    }
    void this.#add();
    this.#grow();
  }

  async #add(): Promise<void> {
    this.#starting += 1;
    const environment = await this.#start();
    this.#starting -= 1;
    this.#release(environment, true);
    this.#grow();
  }

  async #start(): Promise<ExecutionEnvironment> {
    const environment = new ExecutionEnvironment(this.options);
    this.#environments.add(environment);
    await environment.initialized;
    return environment;
  }

  /** Hands an environment to who waits longest; a dead one tells its error to whom it is handed first. */
  #release(environment: ExecutionEnvironment, isNew = false): void {
    if (!environment.isAlive && !isNew) {
      this.#environments.delete(environment);
      this.#grow();
      return;
    }
    const next = this.#waiting.shift();
    if (next === undefined) {
      this.#idle.push(environment);
    } else {
      next.take(environment);
    }
  }
}
