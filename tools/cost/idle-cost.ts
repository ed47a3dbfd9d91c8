import type prices from '../../lib/prices.json';

export type Prices = typeof prices;

/** A resource of a synthesized template, as far as it costs money. */
export interface CostlyResource {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What something costs in a month in which nobody comes. */
export interface CostLine {
  readonly what: string;
  readonly count: number;
  /** US dollars a month. */
  readonly dollars: number;
}

const hoursAMonth = 730;
/** Lambda asks an empty queue with five long polls of 20 seconds at a time. Source: Lambda developer guide, "Using Lambda with Amazon SQS". */
const pollsAMonth = (5 * 3600 * hoursAMonth) / 20;

/**
 * What a stage costs a month when nobody uses it, at list price. What is free of charge for every account is left out only where it always covers the
 * whole: the first dashboards, and SQS' first million requests.
 *
 * @param connections senders of deployment events: each has a secret
 */
export function idleCost(resources: readonly CostlyResource[], prices: Prices, connections = 0): CostLine[] {
  const ofType = (type: string): CostlyResource[] => resources.filter((resource) => resource.type === type);
  const metricAlarms = ofType('AWS::CloudWatch::Alarm');
  const composites = ofType('AWS::CloudWatch::CompositeAlarm');
  const dashboards = ofType('AWS::CloudWatch::Dashboard');
  const watched = metricAlarms.reduce((sum, { properties }) => sum + metricsOf(properties), 0);
  const paidDashboards = Math.max(0, dashboards.length - prices.dashboardsFree);
  const functions = ofType('AWS::Lambda::Function');
  const secrets = secretsOf(functions) + (readsConnections(functions) ? connections : 0);
  const keys = ofType('AWS::KMS::Key');
  const caches = ofType('AWS::ElastiCache::ServerlessCache');
  const sources = ofType('AWS::Lambda::EventSourceMapping');
  const ticks = ofType('AWS::Events::Rule').reduce((sum, { properties }) => sum + ticksAMonth(properties), 0);
  const lines: CostLine[] = [
    {
      what: `metric alarms (${watched} metrics)`,
      count: metricAlarms.length,
      dollars: watched * prices.alarmMetricMonth,
    },
    {
      what: 'composite alarms',
      count: composites.length,
      dollars: composites.length * prices.compositeAlarmMonth,
    },
    {
      what: `dashboards beyond the first ${prices.dashboardsFree}`,
      count: paidDashboards,
      dollars: paidDashboards * prices.dashboardMonth,
    },
    { what: 'secrets', count: secrets, dollars: secrets * prices.secretMonth },
    { what: 'keys that sign', count: keys.length, dollars: keys.length * prices.kmsKeyMonth },
    {
      what: 'Valkey’s floor',
      count: caches.length,
      dollars: caches.length * prices.valkeyGbHour * prices.valkeyMinimumGb * hoursAMonth,
    },
    {
      what: 'polls of empty queues beyond the first million',
      count: sources.length,
      dollars: Math.max(0, sources.length * pollsAMonth - 1_000_000) * prices.sqsRequest,
    },
    { what: 'scheduled invocations', count: Math.round(ticks), dollars: ticks * prices.lambdaRequest },
  ];
  return lines.filter(({ count }) => count > 0);
}

/** CloudWatch charges for each metric that an alarm looks at. */
function metricsOf(properties: CostlyResource['properties']): number {
  const { Metrics: metrics } = properties;
  return Array.isArray(metrics)
    ? metrics.filter((query) => typeof query === 'object' && query !== null && 'MetricStat' in query).length
    : 1;
}

/** Secrets are made by people: the stage only names them. */
function secretsOf(functions: readonly CostlyResource[]): number {
  const names = functions.flatMap(({ properties }) => {
    const text = JSON.stringify(properties['Environment'] ?? {});
    return [...text.matchAll(/"\w+_SECRET_NAME":"([^"]+)"/gu)].map(([, name]) => name);
  });
  return new Set(names).size;
}

const readsConnections = (functions: readonly CostlyResource[]): boolean =>
  functions.some(({ properties }) =>
    JSON.stringify(properties['Environment'] ?? {}).includes('"CONNECTION_SECRET_PREFIX"'),
  );

function ticksAMonth({ ScheduleExpression: expression }: CostlyResource['properties']): number {
  const [, count, unit] =
    typeof expression === 'string' ? (/^rate\((\d+) (minute|hour|day)s?\)$/u.exec(expression) ?? []) : [];
  const perHour = { minute: 60, hour: 1, day: 1 / 24 };
  return unit === 'minute' || unit === 'hour' || unit === 'day'
    ? (hoursAMonth * perHour[unit]) / Number(count)
    : 0;
}
