import { dashboardName } from '../../../functions/contracts/place-links.ts';
import { anchorOf } from './anchor-of.ts';
import { Dependencies } from './dependencies.tsx';
import type { JudgedService } from './judge.ts';
import { PromiseCard } from './promise-card.tsx';
import { ServiceAlarms } from './service-alarms.tsx';
import { TeamCard } from './team-card.tsx';
import { dateInWords } from './words.ts';

interface Props {
  readonly service: JudgedService;
  readonly services: readonly JudgedService[];
  readonly stage: string | undefined;
  /** By the stage's clock, epoch milliseconds. */
  readonly now: number;
  /** Whether the stage publishes its alarms’ states; undefined while nobody knows. */
  readonly published: boolean | undefined;
}

/** A service: whose it is, what it promises, what it stands on and what it asks. */
export function ServiceSection({ service, services, stage, now, published }: Props) {
  const { document, team, promises, alarms } = service;
  const id = anchorOf(document.service);
  const [latest] = document.changes;
  const unpublished =
    published === false
      ? `This deployment does not publish its alarms’ states yet; the dashboard ${dashboardName(stage ?? '<stage>', document.team)} in CloudWatch shows them to the team.`
      : 'Its alarms have not been read.';
  return (
    <section class="service" aria-labelledby={id}>
      <div class="service-about">
        <h2 id={id} tabIndex={-1}>
          {document.product}
        </h2>
        <p class="service-description">{document.description}</p>
      </div>
      <div class="service-promises">
        {promises.map((judged) => (
          <PromiseCard
            key={judged.promise.id}
            service={document.service}
            judged={judged}
            now={now}
            unpublished={unpublished}
          />
        ))}
        {document.dependsOn.length > 0 && (
          <div>
            <h3 class="part-title">Stands on</h3>
            <Dependencies document={document} services={services} />
          </div>
        )}
        {document.expects.length > 0 && (
          <div>
            <h3 class="part-title">Asks in return</h3>
            <ul class="rows">
              {document.expects.map(({ of, what, otherwise }) => (
                <li key={what} class="expectation">
                  <p>
                    Of {of}: {what}
                  </p>
                  <p class="hint">{otherwise}</p>
                </li>
              ))}
            </ul>
          </div>
        )}
        {alarms.length > 0 && <ServiceAlarms alarms={alarms} now={now} />}
      </div>
      <div class="service-owner">
        {team !== undefined && <TeamCard team={team} stage={stage} />}
        <p class="hint">
          Promises {document.version}
          {latest !== undefined && ` since ${dateInWords(latest.date)}. ${latest.what}`}
        </p>
      </div>
    </section>
  );
}
