import { setTimeout as pause } from 'node:timers/promises';
import type { AwsFront } from './aws/aws-front.ts';
import type { CacheMetrics, CacheReadings } from './cloudwatch/cache-metrics.ts';
import type { LambdaFunction } from './lambda/lambda-function.ts';
import type { RedisServer } from './redis/redis-server.ts';
import type { SecretsFault } from './secrets/secrets-manager.ts';
import type { Sink, SinkFault } from './sink.ts';
import type { QueueSource } from './sources/queue-source.ts';

/** How S3 events reach their functions. */
export interface EventFault {
  /** Milliseconds until the first delivery. @default at once */
  readonly delayMs?: number;
  /** How often each is delivered. @default once */
  readonly deliveries?: number;
  /** Keeps them until `releaseS3Events`. @default false */
  readonly hold?: boolean;
}

interface Parts {
  readonly functionAt: (path: string) => LambdaFunction;
  readonly sources: readonly QueueSource[];
  /** The URL of the queue at a construct path. */
  readonly queueUrl: (path: string) => string;
  readonly redis: RedisServer | undefined;
  readonly cacheMetrics: CacheMetrics | undefined;
  readonly aws: AwsFront;
  readonly sink: Sink;
  readonly secrets: SecretsFault;
}

/** What can go wrong in AWS, on demand. */
export class Faults {
  readonly #parts: Parts;
  readonly #heldEvents: (() => void)[] = [];
  #eventFault: EventFault = {};

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The function's next invocation loses its process after `afterMs`. */
  killNext(functionPath: string, afterMs: number): void {
    this.#parts.functionAt(functionPath).killNext(afterMs);
  }

  /** The function's processes end now, whatever they are doing. Answers how many there were. */
  killNow(functionPath: string): number {
    return this.#parts.functionAt(functionPath).killAll();
  }

  /** Every invocation of the function fails at once, without running, until it is healed. */
  failFunction(functionPath: string): void {
    this.#parts.functionAt(functionPath).disturb({ kind: 'failing' });
  }

  /** Every invocation takes so much longer, until it is healed; its time-out stays what it is. */
  slowFunction(functionPath: string, ms: number): void {
    this.#parts.functionAt(functionPath).disturb({ kind: 'slow', ms });
  }

  /** There is no room for any invocation of the function, until it is healed. */
  throttle(functionPath: string): void {
    this.#parts.functionAt(functionPath).disturb({ kind: 'throttled' });
  }

  /** Ends `failFunction`, `slowFunction` and `throttle`. */
  healFunction(functionPath: string): void {
    this.#parts.functionAt(functionPath).disturb(undefined);
  }

  /** Nobody works off the queue, until `unblockQueue`. What has been received already is still worked off. */
  blockQueue(queuePath: string): void {
    for (const source of this.#sourcesOf(queuePath)) {
      source.block();
    }
  }

  unblockQueue(queuePath: string): void {
    for (const source of this.#sourcesOf(queuePath)) {
      source.unblock();
    }
  }

  /** Chat, PagerDuty and the rest of the world answer so, until `healSink`. E-mail still arrives. */
  failSink(fault: SinkFault): void {
    this.#parts.sink.fail(fault);
  }

  healSink(): void {
    this.#parts.sink.heal();
  }

  /** Secrets Manager fails, until `secretsUp`. What functions have read they keep for as long as they like. */
  secretsDown(): void {
    this.#parts.secrets.isAway = true;
  }

  secretsUp(): void {
    this.#parts.secrets.isAway = false;
  }

  /** CloudWatch is told these made-up readings of the cache, in place of what the local Redis says; `{}` ends it. */
  cacheReadings(readings: CacheReadings): void {
    if (this.#parts.cacheMetrics === undefined) {
      throw new Error('The template declares no cache.');
    }
    this.#parts.cacheMetrics.pretend(readings);
  }

  /** Makes the messages that failed visible at once, in place of waiting for their queues' visibility time-outs. Answers how many. */
  async elapseVisibility(): Promise<number> {
    const released = await Promise.all(this.#parts.sources.map((source) => source.releaseFailed()));
    return released.reduce((sum, count) => sum + count, 0);
  }

  /** Redis goes away, with everything it held. */
  async redisDown(): Promise<void> {
    await this.#redis.down();
  }

  /** Redis comes back, empty. */
  async redisUp(): Promise<void> {
    await this.#redis.up();
  }

  /** Redis loses everything but stays. */
  async redisLosesAll(): Promise<void> {
    const admin = this.#redis.admin();
    try {
      await admin.flushall();
    } finally {
      admin.disconnect();
    }
  }

  /** S3 answers the next writes with an error. SDK clients try three times. */
  failWrites(fault: Parameters<AwsFront['failWrites']>[0]): void {
    this.#parts.aws.failWrites(fault);
  }

  healWrites(): void {
    this.#parts.aws.healWrites();
  }

  /** From now on S3 events are late, repeated or held; `{}` ends it for those to come. */
  s3Events(fault: EventFault): void {
    this.#eventFault = fault;
  }

  get heldS3Events(): number {
    return this.#heldEvents.length;
  }

  /** Delivers the events that are held, the last one first if so wished. Answers how many. */
  releaseS3Events(order: 'as-they-came' | 'reversed' = 'as-they-came'): number {
    const held = this.#heldEvents.splice(0);
    for (const deliver of order === 'reversed' ? held.toReversed() : held) {
      deliver();
    }
    return held.length;
  }

  /** Delivers an S3 event as the fault in force says. */
  async disturb(deliver: () => void): Promise<void> {
    const { delayMs = 0, deliveries = 1, hold = false } = this.#eventFault;
    if (delayMs > 0) {
      await pause(delayMs);
    }
    for (let delivery = 0; delivery < deliveries; delivery += 1) {
      if (hold) {
        this.#heldEvents.push(deliver);
      } else {
        deliver();
      }
    }
  }

  #sourcesOf(queuePath: string): readonly QueueSource[] {
    const url = this.#parts.queueUrl(queuePath);
    const sources = this.#parts.sources.filter((source) => source.queueUrl === url);
    if (sources.length === 0) {
      throw new Error(`No function works off the queue ${queuePath}.`);
    }
    return sources;
  }

  get #redis(): RedisServer {
    if (this.#parts.redis === undefined) {
      throw new Error('The template declares no cache.');
    }
    return this.#parts.redis;
  }
}
