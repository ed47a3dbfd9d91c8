import type { AlarmMetric, MetricAlarm } from './alarm.ts';
import type { MetricAlarmProperties, MetricQuery } from './alarm-schema.ts';
import { evaluationRange, type Evidence } from './metric-alarm.ts';
import { compileMath, type MathExpression, type TimeSeries } from './metric-math.ts';
import type { MetricId, MetricStore } from './metric-store.ts';
import { parseStatistic, type Statistic } from './statistics.ts';

export type MetricPart = Pick<MetricAlarm, 'metrics' | 'isSimple' | 'valued' | 'lookBackMinutes' | 'read'> & {
  readonly periodSeconds: number;
  /** Undefined for metric math. */
  readonly statistic: string | undefined;
};

/** How far an alarm may look back. Source: CloudWatch API reference, `PutMetricAlarm`, `EvaluationPeriods`. */
const maxLookBackSeconds = (periodSeconds: number): number => (periodSeconds < 3600 ? 86_400 : 604_800);

/** What an alarm reads: one metric or the result of an expression. Throws, in words, on what CloudWatch or the local stage refuses. */
export function readMetrics(properties: MetricAlarmProperties): MetricPart {
  const part = properties.Metrics === undefined ? readSimple(properties) : readQueries(properties.Metrics);
  const seconds = properties.EvaluationPeriods * part.periodSeconds;
  if (seconds > maxLookBackSeconds(part.periodSeconds)) {
    throw new Error(
      `${properties.EvaluationPeriods} periods of ${part.periodSeconds} s are more than the ${maxLookBackSeconds(part.periodSeconds)} s that CloudWatch looks back`,
    );
  }
  const range = evaluationRange(properties.EvaluationPeriods);
  const minutes = part.periodSeconds / 60;
  return {
    ...part,
    lookBackMinutes: range * minutes,
    read: (store, end, at): Evidence => {
      const { values, sampleCounts } = part.readSeries(store, end, minutes, range);
      return {
        values,
        sampleCounts,
        timestamps: values.map((_, index) => (end - (range - index) * minutes) * store.minuteMs),
        at,
      };
    },
  };
}

type Part = Omit<MetricPart, 'read' | 'lookBackMinutes'> & {
  readonly readSeries: (
    store: MetricStore,
    end: number,
    minutes: number,
    range: number,
  ) => { readonly values: TimeSeries; readonly sampleCounts: TimeSeries | undefined };
};

function readSimple(properties: MetricAlarmProperties): Part {
  const { Namespace, MetricName, Dimensions, Period } = properties;
  const text = properties.Statistic ?? properties.ExtendedStatistic;
  if (Namespace === undefined || MetricName === undefined || Period === undefined || text === undefined) {
    throw new Error('it needs Namespace, MetricName, Period and Statistic, or Metrics');
  }
  const metric = metricOf(Namespace, MetricName, Dimensions);
  const statistic = parseStatistic(text);
  return {
    periodSeconds: Period,
    statistic: text,
    isSimple: true,
    valued: statistic.needsValues ? [metric] : [],
    metrics: [
      { id: 'm1', label: undefined, returnData: true, source: { kind: 'metric', metric, stat: text } },
    ],
    readSeries: (store, end, minutes, range) => {
      const windows = store.series(metric).windows(end, minutes, range);
      return {
        values: windows.map((window) => (window === undefined ? undefined : statistic.of(window))),
        sampleCounts: windows.map((window) => window?.count),
      };
    },
  };
}

interface Stat {
  readonly metric: MetricId;
  readonly statistic: Statistic;
}

function readQueries(queries: readonly MetricQuery[]): Part {
  const stats = new Map<string, Stat>();
  const expressions = new Map<string, string>();
  const periods = new Set<number>();
  for (const { Id, MetricStat, Expression, Period } of queries) {
    if (stats.has(Id) || expressions.has(Id)) {
      throw new Error(`two of its metrics have the id ${Id}`);
    }
    if (MetricStat !== undefined && Expression === undefined) {
      const { Namespace, MetricName, Dimensions } = MetricStat.Metric;
      stats.set(Id, {
        metric: metricOf(Namespace, MetricName, Dimensions),
        statistic: parseStatistic(MetricStat.Stat),
      });
      periods.add(MetricStat.Period);
    } else if (Expression !== undefined && MetricStat === undefined) {
      expressions.set(Id, Expression);
      if (Period !== undefined) {
        periods.add(Period);
      }
    } else {
      throw new Error(`${Id} needs either a MetricStat or an Expression`);
    }
  }
  const [periodSeconds, ...others] = periods;
  if (periodSeconds === undefined || others.length > 0) {
    throw new Error(`its metrics need one period; they have ${[...periods].join(', ') || 'none'}`);
  }
  const returned = queries.filter(({ ReturnData }) => ReturnData);
  const [result] = returned;
  if (result === undefined || returned.length > 1) {
    throw new Error(`one of its metrics must return data, not ${returned.length}`);
  }
  const compiled = compileAll(stats, expressions, periodSeconds);
  return {
    periodSeconds,
    statistic: undefined,
    isSimple: false,
    valued: [...stats.values()].flatMap(({ metric, statistic }) => (statistic.needsValues ? [metric] : [])),
    metrics: queries.map((query) => toAlarmMetric(query, stats)),
    readSeries: (store, end, minutes, range) => {
      const known = new Map<string, TimeSeries>();
      const seriesOf = (id: string): TimeSeries => {
        const series = known.get(id) ?? readOne(id);
        known.set(id, series);
        return series;
      };
      const readOne = (id: string): TimeSeries => {
        const stat = stats.get(id);
        return stat === undefined
          ? (compiled.get(id)?.evaluate(seriesOf, range) ?? [])
          : store
              .series(stat.metric)
              .windows(end, minutes, range)
              .map((window) => (window === undefined ? undefined : stat.statistic.of(window)));
      };
      return { values: seriesOf(result.Id), sampleCounts: undefined };
    },
  };
}

function compileAll(
  stats: ReadonlyMap<string, Stat>,
  expressions: ReadonlyMap<string, string>,
  periodSeconds: number,
): ReadonlyMap<string, MathExpression> {
  const compiled = new Map(
    [...expressions].map(([id, expression]) => {
      try {
        const scope = {
          metrics: [...stats.keys()],
          expressions: [...expressions.keys()].filter((other) => other !== id),
          periodSeconds,
        };
        return [id, compileMath(expression, scope)] satisfies [string, MathExpression];
      } catch (error) {
        throw new Error(`${id} = ${expression}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      }
    }),
  );
  const check = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) {
      throw new Error(`its expressions go round in a circle: ${[...path, id].join(' → ')}`);
    }
    for (const next of compiled.get(id)?.references ?? []) {
      check(next, [...path, id]);
    }
  };
  for (const id of compiled.keys()) {
    check(id, []);
  }
  return compiled;
}

function toAlarmMetric(
  { Id, Label, ReturnData, Expression = '' }: MetricQuery,
  stats: ReadonlyMap<string, Stat>,
): AlarmMetric {
  const stat = stats.get(Id);
  return {
    id: Id,
    label: Label,
    returnData: ReturnData,
    source:
      stat === undefined
        ? { kind: 'expression', expression: Expression }
        : { kind: 'metric', metric: stat.metric, stat: stat.statistic.text },
  };
}

const metricOf = (
  namespace: string,
  name: string,
  dimensions: readonly { readonly Name: string; readonly Value: string }[],
): MetricId => ({
  namespace,
  name,
  dimensions: Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value])),
});
