import { staleAfterMs } from '../../../functions/contracts/promise-status.ts';
import { FailedLoad } from '../parts/failed-load.tsx';
import type { AlarmsView } from './use-alarms.ts';
import { clockToSeconds } from './words.ts';

interface Props {
  readonly view: AlarmsView;
  readonly onAgain: () => void;
}

/** When the alarms were read, and what is in the way of reading them again. What was read stays on the page meanwhile. */
export function Freshness({ view, onAgain }: Props) {
  const { sighting, pause, error } = view;
  if (error !== undefined) {
    return <FailedLoad error={error} onAgain={onAgain} />;
  }
  const waits = pause !== undefined;
  return (
    <p class="freshness" role={waits ? 'status' : undefined}>
      {sighting !== undefined && (
        <>
          Stage <b>{sighting.stage}</b>, read at {clockToSeconds(sighting.readAt)}.{' '}
          {waits
            ? 'It cannot be reached just now and is asked again; what you see is what it said then.'
            : `Read again by itself; older than ${staleAfterMs / 60_000} minutes, nothing counts.`}
          {sighting.timeScale !== 1 && ` Its time passes ${sighting.timeScale} times as fast.`}
        </>
      )}
      {sighting === undefined && waits && 'The stage cannot be reached just now; it is asked again.'}
    </p>
  );
}
