import type { AwsFront } from '../aws/aws-front.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { RedisServer } from '../redis/redis-server.ts';
import type { Topics } from '../sns/topics.ts';
import { queueName } from '../template/identities.ts';
import type { Intrinsics } from '../template/intrinsics.ts';
import type { SortedResources } from '../template/resource-types.ts';
import type { Alarm } from './alarm.ts';
import { alarmEventOf } from './alarm-event.ts';
import { notificationOf, type Place, subjectOf } from './alarm-notification.ts';
import { type AlarmChange, Alarms } from './alarms.ts';
import { CacheMetrics } from './cache-metrics.ts';
import { type MetricId, MetricStore } from './metric-store.ts';
import { Minutes } from './minutes.ts';
import { QueueMetrics } from './queue-metrics.ts';
import { readAlarms } from './read-alarms.ts';

interface MonitoringOptions {
  readonly resources: SortedResources;
  readonly intrinsics: Intrinsics;
  readonly place: Place;
  /** How much faster time passes than in AWS: a minute lasts so much less. */
  readonly timeScale: number;
  readonly log: (line: string) => void;
}

interface Connections {
  readonly aws: AwsFront;
  readonly topics: Topics;
  readonly bus: EventBus;
}

/** CloudWatch: takes metrics, and judges the template's alarms by them every minute. */
export class Monitoring {
  readonly metrics: MetricStore;
  readonly alarms: Alarms;
  readonly #options: MonitoringOptions;
  readonly #startedAt = Date.now();
  readonly #queues: QueueMetrics;
  #cache: CacheMetrics | undefined;
  #minutes: Minutes | undefined;

  /** Throws on an alarm that the stage cannot follow. */
  constructor(options: MonitoringOptions) {
    this.#options = options;
    const { resources, intrinsics, timeScale } = options;
    const alarms = readAlarms(resources, intrinsics);
    const metricAlarms = alarms.filter((alarm) => alarm.kind === 'metric');
    this.metrics = new MetricStore({
      minuteMs: 60_000 / timeScale,
      retainedMinutes: Math.max(60, ...metricAlarms.map(({ lookBackMinutes }) => lookBackMinutes)),
      valued: metricAlarms.flatMap(({ valued }) => valued),
    });
    this.alarms = new Alarms(alarms, this.#startedAt);
    this.#queues = new QueueMetrics(
      this.metrics,
      resources.ofType('AWS::SQS::Queue').map(queueName),
      timeScale,
    );
  }

  get cacheMetrics(): CacheMetrics | undefined {
    return this.#cache;
  }

  watchCache(server: RedisServer | undefined): void {
    const [cache] = this.#options.resources.ofType('AWS::ElastiCache::ServerlessCache');
    if (cache !== undefined && server !== undefined) {
      const name = this.#options.intrinsics.resolve({ Ref: cache.logicalId }, cache.stack);
      this.#cache = new CacheMetrics(this.metrics, String(name), server);
    }
  }

  /** From now on alarms are judged, and tell of their changes. Everything that reports metrics must have been connected. */
  async start({ aws, topics, bus }: Connections): Promise<void> {
    for (const alarm of this.alarms.all) {
      this.#check(alarm, topics);
    }
    await this.#cache?.begin();
    this.alarms.onChange((change) => this.#tell(change, topics, bus));
    this.#minutes = new Minutes(
      this.metrics.minuteMs,
      async (minute) => {
        const now = Date.now();
        this.#queues.record(aws.readQueues(), minute - 1, now);
        await this.#cache?.record(minute - 1);
        this.alarms.evaluate(this.metrics, minute, Date.now());
      },
      (error) => this.#options.log(`alarms could not be judged: ${String(error)}`),
    );
  }

  async stop(): Promise<void> {
    this.#cache?.stop();
    await this.#minutes?.stop();
  }

  /** An alarm on a metric that AWS has and the stage does not report would stay silent here alone. */
  #check(alarm: Alarm, topics: Topics): void {
    for (const arn of Object.values(alarm.actions).flat()) {
      topics.check(arn, `The alarm ${alarm.name}`);
    }
    for (const { source } of alarm.kind === 'metric' ? alarm.metrics : []) {
      if (
        source.kind === 'metric' &&
        source.metric.namespace.startsWith('AWS/') &&
        !this.metrics.isReported(source.metric)
      ) {
        throw new Error(
          `The alarm ${alarm.name} reads ${inWords(source.metric)}, which the local stage does not report.`,
        );
      }
    }
  }

  #tell(change: AlarmChange, topics: Topics, bus: EventBus): void {
    const { place } = this.#options;
    const { alarm, to } = change;
    bus.put(alarmEventOf(change));
    if (alarm.actionsEnabled) {
      const message = JSON.stringify(notificationOf(change, place, this.#startedAt));
      for (const arn of alarm.actions[to.state]) {
        topics.publish(arn, subjectOf(change, place), message);
      }
    }
  }
}

const inWords = ({ namespace, name, dimensions }: MetricId): string =>
  `${name} of ${namespace} (${
    Object.entries(dimensions)
      .map(([key, value]) => `${key} ${value}`)
      .join(', ') || 'without dimensions'
  })`;
