import { useEffect, useState } from 'preact/hooks';
import type { EventSummary } from '../../../functions/contracts/deployment-report.ts';
import { fragmentOf } from '../route.ts';
import { clock } from '../services/words.ts';
import type { Looking } from './looking.ts';
import type { EventsView } from './use-events.ts';
import { toneOf, typeInWords } from './words.ts';

interface Props {
  readonly view: EventsView;
  readonly looking: Looking;
  readonly onMore: () => void;
}

/** What happened, newest first; what comes in appears by itself. */
export function EventStream({ view, looking, onMore }: Props) {
  const { events, isThere, older, pause } = view;
  const today = useToday();
  return (
    <section class="stream" aria-labelledby="stream">
      <div class="stream-head">
        <h2 id="stream">What happened</h2>
        <p class={`live ${isThere && pause === undefined ? 'is-live' : ''}`} role="status">
          {!isThere ? 'Reading …' : pause === undefined ? 'Live' : 'Waiting for the reports …'}
        </p>
      </div>
      {isThere && events.length === 0 && (
        <p class="hint">
          {older === undefined
            ? 'Nothing yet. What is deployed or breaks from now on appears here by itself.'
            : 'Nothing of late. What is deployed or breaks from now on appears here by itself.'}
        </p>
      )}
      <ol class="stream-list">
        {events.map((event) => (
          <Item key={event.id} event={event} looking={looking} today={today} />
        ))}
      </ol>
      {isThere && older !== undefined && (
        <button type="button" class="button button-quiet" onClick={onMore}>
          Show older ones
        </button>
      )}
    </section>
  );
}

const minuteMs = 60_000;

/** The beginning of the day, in epoch milliseconds: the list is drawn anew at midnight, and not every minute. */
function useToday(): number {
  const now = (): number => new Date().setHours(0, 0, 0, 0);
  const [today, setToday] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => {
      setToday(now());
    }, minuteMs);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return today;
}

interface ItemProps {
  readonly event: EventSummary;
  readonly looking: Looking;
  readonly today: number;
}

function Item({ event, looking, today }: ItemProps) {
  const { id, at, service, environment, artifact, subject, marks } = event;
  return (
    <li class={`stream-item tone-${toneOf(event)}`}>
      <time dateTime={at}>{clock(Date.parse(at), today)}</time>
      <a href={fragmentOf({ page: 'deployments', ...looking, event: id })}>
        <b>{typeInWords(event)}</b> {event.type.startsWith('incident.') ? subject : (artifact ?? subject)}
      </a>
      <span class="hint">
        <a href={fragmentOf({ page: 'deployments', service })}>{service}</a>
        {environment === undefined ? '' : ` in ${environment}`}
        {marks.length > 0 && <span class="marks"> · {marks.join(', ')}</span>}
      </span>
    </li>
  );
}
