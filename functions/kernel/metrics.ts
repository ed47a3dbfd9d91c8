import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Meter } from './meter.ts';

const metrics = new Metrics();

/** Metrics in the embedded metric format, gathered until `publishMetrics`. */
export const meter: Meter = {
  count: (name, amount = 1) => void metrics.addMetric(name, MetricUnit.Count, amount),
  time: (name, milliseconds) => void metrics.addMetric(name, MetricUnit.Milliseconds, milliseconds),
};

/** Writes what was gathered; every handler factory calls it once an invocation. */
export function publishMetrics(): void {
  if (metrics.hasStoredMetrics()) {
    metrics.publishStoredMetrics();
  }
}
