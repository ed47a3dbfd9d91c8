import type { Figures, MetricsReport } from '../../../contracts/deployment-report.ts';
import { type FigureName, figureNames } from '../../../contracts/figure-names.ts';
import { addDays, type Counted, type Day, dayOf, daysBetween } from '../day-figures.ts';
import { figuresOf } from '../figures-of.ts';
import { type History, historyOf } from '../history.ts';
import { eventIdOf } from '../identity.ts';
import type { Owners, Scope } from './owners.ts';
import type { ReportStore } from './ports.ts';

export interface MetricsQuery extends Scope {
  /** Days (UTC); `to` is not included. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly window: 'day' | 'week' | 'month';
}

interface MetricsDeps {
  readonly store: ReportStore;
  readonly owners: Owners;
  readonly environments: readonly string[];
  readonly counts: Counted;
}

/** Events named beside a figure, at most. */
const mostEvents = 100;

/**
 * The figures of one service, of the services of a team or a product, or of all, with a series of them.
 *
 * @returns undefined for a service that neither the directory nor any event knows, and for a team or product without services: nothing is not zero
 */
export async function metricsReport(
  { store, owners, environments, counts }: MetricsDeps,
  query: MetricsQuery,
): Promise<MetricsReport | undefined> {
  const { service, team, product, fromMs, toMs, window } = query;
  const days = daysBetween(fromMs, toMs);
  const selected = owners.selected(query);
  const [byDay, events] = await Promise.all([
    service !== undefined
      ? store.daysOf(service, days)
      : selected !== undefined
        ? store.figuresOf(selected, days)
        : store.sums(days),
    service === undefined ? [] : store.events(service),
  ]);
  const isUnknown =
    service === undefined
      ? selected?.length === 0
      : !owners.knows(service) && events.length === 0 && byDay.every(({ length }) => length === 0);
  if (isUnknown) {
    return undefined;
  }
  const all = figuresOf(addDays(byDay.flat()), days.length);
  return {
    scope: {
      ...(service === undefined ? {} : { service }),
      ...(team === undefined ? {} : { team }),
      ...(product === undefined ? {} : { product }),
      services: selected?.length ?? (await store.serviceCount()),
    },
    from: dayOf(fromMs),
    to: dayOf(toMs),
    window,
    environments: [...environments],
    figures:
      service === undefined ? all : withEvents(all, service, historyOf(events), counts, { fromMs, toMs }),
    series: seriesOf(days, byDay, window),
  };
}

function seriesOf(
  days: readonly string[],
  byDay: readonly (readonly Day[])[],
  window: MetricsQuery['window'],
): MetricsReport['series'] {
  const windows = Map.groupBy(days.entries(), ([, day]) => windowOf(day, window));
  return [...windows.values()].map((entries) => {
    const sums = addDays(entries.flatMap(([index]) => byDay[index] ?? []));
    return {
      from: entries[0]?.[1] ?? '',
      to: dayAfter(entries.at(-1)?.[1] ?? ''),
      values: Object.fromEntries(
        Object.entries(figuresOf(sums, entries.length)).map(([name, { value }]) => [name, value]),
      ),
    };
  });
}

/** What a day lies in: weeks begin on Monday (ISO 8601). */
function windowOf(day: string, window: MetricsQuery['window']): string {
  if (window === 'month') {
    return day.slice(0, 7);
  }
  const ms = Date.parse(day);
  return window === 'day' ? day : dayOf(ms - ((new Date(ms).getUTCDay() + 6) % 7) * oneDayMs);
}

const oneDayMs = 24 * 60 * 60 * 1000;
const dayAfter = (day: string): string => dayOf(Date.parse(day) + oneDayMs);

/** Each figure with the events that it was made of. */
function withEvents(
  figures: Figures,
  service: string,
  history: History,
  counts: Counted,
  { fromMs, toMs }: Pick<MetricsQuery, 'fromMs' | 'toMs'>,
): Figures {
  const isIn = (ms: number): boolean => ms >= fromMs && ms < toMs;
  const deployments = history.deployments.filter(
    ({ event, environment }) => counts(environment) && isIn(event.atMs),
  );
  const failed = deployments.filter(({ failure }) => failure !== undefined);
  const incidents = history.incidents.filter(
    ({ environment, detectedMs }) => (environment === undefined || counts(environment)) && isIn(detectedMs),
  );
  const all = deployments.map(({ event }) => event.identity);
  const changes = history.changes.all.filter(({ mergedMs }) => isIn(mergedMs)).map(({ event }) => event);
  const failures = failed.flatMap(({ event, failure }) =>
    [event.identity]
      .concat(failure?.rolledBackBy ?? [])
      .concat((failure?.incidents ?? []).flatMap(({ events }) => events)),
  );
  const told = incidents.flatMap(({ events }) => events);
  const evidence: Record<FigureName, readonly string[]> = {
    changeLeadTime: deployments.flatMap(({ event, changes }) =>
      changes.length === 0 ? [] : [event.identity].concat(changes.map((change) => change.event)),
    ),
    deploymentFrequency: all,
    failedDeploymentRecoveryTime: failures,
    changeFailRate: failures,
    deploymentReworkRate: deployments.filter(({ isRework }) => isRework).map(({ event }) => event.identity),
    timeToDetect: incidents.filter(({ onsetMs }) => onsetMs !== undefined).flatMap(({ events }) => events),
    timeToRestoreService: told,
    timeBetweenFailures: told,
    deployments: all,
    changes,
    incidents: told,
  };
  const withTheirs: Figures = { ...figures };
  for (const name of figureNames) {
    const events = [...new Set(evidence[name].toReversed())].slice(0, mostEvents);
    withTheirs[name] = { ...figures[name], events: events.map((identity) => eventIdOf(service, identity)) };
  }
  return withTheirs;
}
