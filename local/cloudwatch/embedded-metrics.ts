import { parseJson } from '../../functions/kernel/parse-json.ts';
import type { MetricStore } from './metric-store.ts';

/**
 * Takes the metrics out of a line that a function logged in the embedded metric format; any other line is left alone.
 * Source: CloudWatch user guide, "Specification: Embedded metric format".
 */
export function takeEmbeddedMetrics(line: string, store: MetricStore): void {
  if (!line.startsWith('{') || !line.includes('"_aws"')) {
    return;
  }
  // A line that only looks like metrics is somebody's log.
  const root = parseJson(line);
  const directives = at(at(root, '_aws'), 'CloudWatchMetrics');
  for (const directive of listOf(directives)) {
    const namespace = at(directive, 'Namespace');
    for (const metric of listOf(at(directive, 'Metrics'))) {
      const name = at(metric, 'Name');
      if (typeof namespace === 'string' && typeof name === 'string') {
        const values = [at(root, name)].flat().filter((value) => typeof value === 'number');
        for (const dimensions of dimensionSets(root, at(directive, 'Dimensions'))) {
          const series = store.series({ namespace, name, dimensions });
          for (const value of values) {
            series.add(value);
          }
        }
      }
    }
  }
}

/** A metric without any set of dimensions has the empty one. A set of which a value is missing is not valid. */
function dimensionSets(root: unknown, sets: unknown): Readonly<Record<string, string>>[] {
  const named = listOf(sets);
  return (named.length === 0 ? [[]] : named).flatMap((set) => {
    const entries = listOf(set).map((name) => [String(name), at(root, String(name))] as const);
    return entries.every(([, value]) => value !== undefined)
      ? [Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))]
      : [];
  });
}

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
