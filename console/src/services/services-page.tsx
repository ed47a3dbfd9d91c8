import { useEffect } from 'preact/hooks';
import type { Catalogue } from '../../../functions/contracts/catalogue.ts';
import { getCatalogue } from '../api/catalogue.ts';
import { FailedLoad } from '../parts/failed-load.tsx';
import { Heading } from '../parts/heading.tsx';
import { PauseNotice } from '../parts/pause-notice.tsx';
import { useLoad } from '../use-load.ts';
import { burningAlone, loudAlarms } from './alarms-on.ts';
import { anchorOf } from './anchor-of.ts';
import { Freshness } from './freshness.tsx';
import { judge } from './judge.ts';
import { Loud } from './loud.tsx';
import { Overview } from './overview.tsx';
import { ServiceSection } from './service-section.tsx';
import { summarise } from './summary.ts';
import { Timeline } from './timeline.tsx';
import { type AlarmsView, useAlarms } from './use-alarms.ts';
import { useNow } from './use-now.ts';
import { alarmInWords, count, list } from './words.ts';
import '../styles/services.css';
import '../styles/promise.css';
import '../styles/loud.css';

interface Props {
  /** Where to look first. @default at the beginning */
  readonly service: string | undefined;
  readonly promise: string | undefined;
}

/** Services, what they promise, whether they keep it, and who answers for it. */
export function ServicesPage({ service, promise }: Props) {
  const [catalogue, again] = useLoad('catalogue', getCatalogue);
  const [view, watchAgain] = useAlarms();
  if (catalogue.state === 'ready') {
    return (
      <Services
        catalogue={catalogue.value}
        view={view}
        onAgain={watchAgain}
        target={service === undefined ? undefined : anchorOf(service, promise)}
      />
    );
  }
  return (
    <div class="services-hero waiting">
      <Heading title="Services" />
      {catalogue.state === 'loading' ? (
        <PauseNotice pause={catalogue.pause} />
      ) : (
        <FailedLoad error={catalogue.error} onAgain={again} />
      )}
    </div>
  );
}

interface ServicesProps {
  readonly catalogue: Catalogue;
  readonly view: AlarmsView;
  readonly onAgain: () => void;
  /** The id of what the address points to. */
  readonly target: string | undefined;
}

function Services({ catalogue, view, onAgain, target }: ServicesProps) {
  const { sighting, published, error } = view;
  const now = useNow() + (sighting?.clockAheadMs ?? 0);
  const services = judge(catalogue, sighting, now);
  const reading = published === undefined && error === undefined;
  const summary = summarise(services, published, reading);
  const loud = loudAlarms(services);
  const alone = burningAlone(services);
  // Again with the first answer, which may bring alarms in above.
  useEffect(() => {
    const element = target === undefined ? null : document.getElementById(target);
    element?.scrollIntoView();
    element?.focus({ preventScroll: true });
  }, [target, reading]);
  return (
    <div class="services">
      <div class="services-hero">
        <Heading title="Services">{summary.title}</Heading>
        <p class="services-lead">{summary.lead}</p>
        <p class="visually-hidden" role="status">
          {reading ? '' : `${summary.title} ${summary.lead} ${count(loud.length, 'alarm')} on.`}
        </p>
        <Freshness view={view} onAgain={onAgain} />
      </div>
      {loud.length > 0 && (
        <section class="louds" aria-label="Alarms that are on">
          {loud.map((each) => (
            <Loud key={`${each.service.document.service} ${each.severity}`} loud={each} now={now} />
          ))}
        </section>
      )}
      {alone.length > 0 && (
        <p class="burning-alone">
          Too much goes wrong in one window, which tells nobody yet:{' '}
          {list(alone.map(({ name }) => alarmInWords(name)))}.
        </p>
      )}
      <Overview services={services} />
      {services.map((service) => (
        <ServiceSection
          key={service.document.service}
          service={service}
          services={services}
          stage={sighting?.stage}
          now={now}
          published={published}
        />
      ))}
      {sighting !== undefined && <Timeline changes={sighting.changes} services={services} now={now} />}
    </div>
  );
}
