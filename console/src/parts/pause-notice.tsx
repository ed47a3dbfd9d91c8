import type { Pause, PauseReason } from '../api/patience.ts';

const sentences: Readonly<Record<PauseReason, string>> = {
  'too-many': 'Those were many pictures in a short time; a short break is needed.',
  busy: 'Fanfare is very busy just now.',
  offline: 'There is no connection just now.',
};

/** Says why the page waits and counts down. Only the sentence is read out: a number every second would drown everything else. */
export function PauseNotice({ pause }: { readonly pause: Pause | undefined }) {
  return (
    <div class="pause" role="status">
      {pause !== undefined && (
        <p class="notice">
          {sentences[pause.reason]} <span aria-hidden="true">Trying again in {pause.secondsLeft} s.</span>
          <span class="visually-hidden">It tries again by itself.</span>
        </p>
      )}
    </div>
  );
}
