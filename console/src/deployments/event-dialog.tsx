import type { EventDetail, EventSummary } from '../../../functions/contracts/deployment-report.ts';
import { getEvent } from '../api/deployments.ts';
import { Dialog } from '../parts/dialog.tsx';
import { FailedLoad } from '../parts/failed-load.tsx';
import { PauseNotice } from '../parts/pause-notice.tsx';
import { fragmentOf } from '../route.ts';
import { Fold } from '../services/fold.tsx';
import { useLoad } from '../use-load.ts';
import type { Looking } from './looking.ts';
import { Facts } from './facts.tsx';
import { timeOf, typeInWords } from './words.ts';

interface Props {
  readonly token: string;
  readonly id: string;
  readonly looking: Looking;
  readonly onClose: () => void;
}

/** One event as the archive has it, with what it is linked to. */
export function EventDialog({ token, id, looking, onClose }: Props) {
  const [detail, again] = useLoad(id, async (signal) => (await getEvent(token, id, signal)).value);
  return (
    <Dialog label="An event" class="event-dialog" onClose={onClose}>
      <h2>{detail.state === 'ready' ? typeInWords(detail.value) : 'An event'}</h2>
      {detail.state === 'loading' && <PauseNotice pause={detail.pause} />}
      {detail.state === 'failed' && <FailedLoad error={detail.error} onAgain={again} />}
      {detail.state === 'ready' && <Detail detail={detail.value} looking={looking} />}
      <div class="dialog-actions">
        <button type="button" class="button button-quiet" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}

function Detail({ detail, looking }: { readonly detail: EventDetail; readonly looking: Looking }) {
  const { service, team, environment, artifact, subject, at, receivedAt, chainPlace, marks } = detail;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Service', service],
    ['Team', team ?? 'nobody: the directory does not know this service'],
    ['Subject', subject],
    ['Environment', environment],
    ['Artifact', artifact],
    ['Happened', timeOf.format(new Date(at))],
    ['Came in', timeOf.format(new Date(receivedAt))],
    ['Marks', marks.length > 0 ? marks.join(', ') : undefined],
    ['In the archive', `number ${chainPlace.sequence} of its service`],
    ['Hash', chainPlace.hash],
    ['Hash before it', chainPlace.previous],
  ];
  return (
    <div class="event-detail">
      <Facts of={facts} />
      <Linked title="Links to" events={detail.linksTo} looking={looking} />
      <Linked title="Linked from" events={detail.linkedFrom} looking={looking} />
      <Linked title="The same work" events={detail.sameChain} looking={looking} />
      <Fold summary="The event as it was sent">
        <pre>{JSON.stringify(detail.event, undefined, 2)}</pre>
      </Fold>
      {detail.original !== undefined && (
        <Fold summary="What it was translated from">
          <pre>{detail.original.body}</pre>
        </Fold>
      )}
    </div>
  );
}

interface LinkedProps {
  readonly title: string;
  readonly events: readonly EventSummary[];
  readonly looking: Looking;
}

function Linked({ title, events, looking }: LinkedProps) {
  return events.length === 0 ? null : (
    <section>
      <h3>{title}</h3>
      <ul class="linked">
        {events.map((event) => (
          <li key={event.id}>
            <a href={fragmentOf({ page: 'deployments', ...looking, event: event.id })}>
              {typeInWords(event)} {event.artifact ?? event.subject}
            </a>{' '}
            <span class="hint">{timeOf.format(new Date(event.at))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
