import { useEffect, useRef, useState } from 'preact/hooks';
import { RefusedError } from '../api/errors.ts';
import { FailedLoad } from '../parts/failed-load.tsx';
import { Heading } from '../parts/heading.tsx';
import { PauseNotice } from '../parts/pause-notice.tsx';
import { ForPeople } from '../sign-in/for-people.tsx';
import { useLoad } from '../use-load.ts';
import { fragmentOf } from '../route.ts';
import { getMetrics, listServices } from '../api/deployments.ts';
import { AuditPanel } from './audit-panel.tsx';
import { EventDialog } from './event-dialog.tsx';
import { EventStream } from './event-stream.tsx';
import { FigureCards } from './figure-cards.tsx';
import { Filters } from './filters.tsx';
import { type Looking, scopeOf, type ServiceChoice } from './looking.ts';
import { SeriesChart } from './series-chart.tsx';
import { useEvents } from './use-events.ts';
import '../styles/deployments.css';

/** What was deployed, what broke, and how well that goes; for people of the teams. */
export function DeploymentsPage(looking: Looking) {
  return (
    <div class="deployments">
      <div class="deployments-hero">
        <Heading title="Deployments and incidents" />
      </div>
      <ForPeople what="What was deployed and what broke is shown to people of the teams.">
        {(token, onRefused) => <SignedIn token={token} looking={looking} onRefused={onRefused} />}
      </ForPeople>
    </div>
  );
}

interface SignedInProps {
  readonly token: string;
  readonly looking: Looking;
  readonly onRefused: () => void;
}

/** Figures are asked for again so long after the first of some news, in milliseconds: what comes together is one question. */
const settleMs = 700;
/** And no more often than this, in milliseconds, however much happens. */
const shortestRoundMs = 3000;

function SignedIn({ token, looking, onRefused }: SignedInProps) {
  const scope = scopeOf(looking);
  const [round, setRound] = useState(0);
  const asking = useRef<ReturnType<typeof setTimeout>>(undefined);
  const askedAt = useRef(Number.NEGATIVE_INFINITY);
  const [view, more, followAgain] = useEvents(token, scope, () => {
    asking.current ??= setTimeout(
      () => {
        asking.current = undefined;
        askedAt.current = performance.now();
        setRound((last) => last + 1);
      },
      Math.max(settleMs, askedAt.current + shortestRoundMs - performance.now()),
    );
  });
  useEffect(
    () => () => {
      clearTimeout(asking.current);
    },
    [],
  );
  const key = `${token} ${JSON.stringify(scope)} ${round}`;
  const [metrics, measureAgain] = useLoad(
    key,
    async (signal) => (await getMetrics(token, scope, signal)).value,
  );
  const [services, listAgain] = useLoad(token, (signal) => allServices(token, signal));
  const [latest, setLatest] = useState<Exclude<typeof metrics, { state: 'loading' }>>();
  useEffect(() => {
    if (metrics.state !== 'loading') {
      setLatest(metrics);
    }
  }, [metrics]);
  const failure = [
    view.error,
    ...[metrics, services].map((each) => (each.state === 'failed' ? each.error : undefined)),
  ].find((error) => error !== undefined);
  const again = (): void => {
    followAgain();
    measureAgain();
    listAgain();
  };
  useEffect(() => {
    if (failure instanceof RefusedError && failure.problem.status === 401) {
      onRefused();
    }
  }, [failure]);
  // While figures are made anew the last ones stay.
  const shown = metrics.state === 'ready' ? metrics : latest;
  return (
    <>
      <Filters looking={looking} services={services.state === 'ready' ? services.value : []} />
      {failure !== undefined && <FailedLoad error={failure} onAgain={again} />}
      {metrics.state === 'loading' && <PauseNotice pause={metrics.pause} />}
      {shown === undefined && <p class="hint">Working out the figures …</p>}
      {shown?.state === 'ready' && (
        <>
          <FigureCards report={shown.value} />
          <div class="charts">
            {charts.map(({ title, series }) => (
              <SeriesChart key={title} title={title} report={shown.value} series={series} />
            ))}
          </div>
        </>
      )}
      {looking.service !== undefined && (
        <AuditPanel key={looking.service} token={token} service={looking.service} />
      )}
      <EventStream view={view} looking={looking} onMore={more} />
      {looking.event !== undefined && (
        <EventDialog
          key={looking.event}
          token={token}
          id={looking.event}
          looking={looking}
          onClose={() => {
            const { event: _, ...rest } = looking;
            location.hash = fragmentOf({ page: 'deployments', ...rest });
          }}
        />
      )}
    </>
  );
}

const charts: readonly Pick<Parameters<typeof SeriesChart>[0], 'title' | 'series'>[] = [
  {
    title: 'Deployments and incidents a week',
    series: [
      { name: 'deployments', colour: '--chart-1' },
      { name: 'incidents', colour: '--chart-2' },
    ],
  },
  {
    title: 'Change fail rate and rework rate',
    series: [
      { name: 'changeFailRate', colour: '--chart-2' },
      { name: 'deploymentReworkRate', colour: '--chart-1' },
    ],
  },
  {
    title: 'Lead and recovery time',
    series: [
      { name: 'changeLeadTime', colour: '--chart-1' },
      { name: 'failedDeploymentRecoveryTime', colour: '--chart-2' },
    ],
  },
];

async function allServices(token: string, signal: AbortSignal): Promise<ServiceChoice[]> {
  const all: ServiceChoice[] = [];
  let after: string | undefined;
  do {
    const { value } = await listServices(
      token,
      { limit: '500', ...(after === undefined ? {} : { after }) },
      signal,
    );
    all.push(...value.services);
    after = value.cursor;
  } while (after !== undefined);
  return all;
}
