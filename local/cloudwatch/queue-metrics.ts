import type { QueueReading } from '../aws/queue-readings.ts';
import type { MetricSeries, MetricStore } from './metric-store.ts';

/** What SQS tells of a queue each minute. Source: SQS developer guide, "Available CloudWatch metrics for Amazon SQS". */
const metrics: Readonly<Record<string, (reading: QueueReading, timeScale: number) => number>> = {
  ApproximateNumberOfMessagesVisible: ({ visible }) => visible,
  ApproximateNumberOfMessagesNotVisible: ({ notVisible }) => notVisible,
  ApproximateNumberOfMessagesDelayed: ({ delayed }) => delayed,
  // It measures time that passes, and so passes faster with everything else.
  ApproximateAgeOfOldestMessage: ({ oldestAgeMs }, timeScale) => Math.floor((oldestAgeMs * timeScale) / 1000),
  NumberOfMessagesSent: ({ sent }) => sent,
  NumberOfMessagesReceived: ({ received }) => received,
  NumberOfMessagesDeleted: ({ deleted }) => deleted,
  NumberOfEmptyReceives: ({ emptyReceives }) => emptyReceives,
};

/** SQS tells nothing of a queue that has been empty and untouched for six hours. */
const activeMs = 6 * 60 * 60 * 1000;

/** Puts what is read of the queues into their metrics. */
export class QueueMetrics {
  readonly #series: ReadonlyMap<string, ReadonlyMap<string, MetricSeries>>;
  readonly #timeScale: number;

  constructor(store: MetricStore, queueNames: readonly string[], timeScale: number) {
    this.#timeScale = timeScale;
    this.#series = new Map(
      queueNames.map((queueName) => [
        queueName,
        new Map(
          Object.keys(metrics).map((name) => [
            name,
            store.series({ namespace: 'AWS/SQS', name, dimensions: { QueueName: queueName } }),
          ]),
        ),
      ]),
    );
  }

  record(readings: readonly QueueReading[], minute: number, now: number): void {
    for (const reading of readings) {
      if (now - reading.activeAt <= activeMs / this.#timeScale) {
        for (const [name, series] of this.#series.get(reading.name) ?? []) {
          series.add(metrics[name]?.(reading, this.#timeScale) ?? 0, minute);
        }
      }
    }
  }
}
