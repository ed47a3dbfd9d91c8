import type { MetricReference, ServicePromise } from '../../functions/contracts/promise.ts';

/** A measure in one line, as metric math over what its names stand for. */
export function measureAsMath(measure: ServicePromise['measure']): string {
  const formula =
    measure.kind === 'ratio'
      ? `(${measure.good}) / (${measure.total})`
      : `${measure.value} in ${measure.unit}, over ${measure.total}`;
  const names = Object.entries(measure.metrics).map(([name, metric]) => `${name} = ${metricAsMath(metric)}`);
  return `${formula} [${names.join('; ')}]`;
}

/** `function render: Duration, p99`. */
export function metricAsMath(metric: MetricReference): string {
  return `${ownerOf(metric)}: ${metric.metric}, ${metric.statistic}`;
}

function ownerOf(metric: MetricReference): string {
  switch (metric.of) {
    case 'function':
    case 'queue':
      return `${metric.of} ${metric.name}`;
    case 'dead-letters':
      return `dead letters of ${metric.name}`;
    case 'api':
      return 'API';
    case 'service':
    case 'cache':
      return metric.of;
  }
}
