import type { Pause } from '../api/patience.ts';
import { Fan } from '../parts/fan.tsx';
import { Heading } from '../parts/heading.tsx';
import { PauseNotice } from '../parts/pause-notice.tsx';
import { type Stage, stages, stageWords } from './stages.ts';

interface Props {
  readonly stage: Stage;
  readonly photoUrl: string | undefined;
  /** How much of the photo is sent, 0 to 1; while it is being sent. */
  readonly fraction?: number;
  readonly pause: Pause | undefined;
  readonly onCancel?: () => void;
}

/** Where a photo is on its way, in words and as the five blades of the fan. */
export function Progress({ stage, photoUrl, fraction, pause, onCancel }: Props) {
  const index = stages.indexOf(stage);
  const { title, detail } = stageWords[stage];
  const percent = Math.floor((fraction ?? 0) * 100);
  return (
    <div class="progress">
      <div class="progress-stage">
        {photoUrl !== undefined && <img class="progress-photo" src={photoUrl} alt="" />}
        <Fan lit={index} current={index} class="progress-fan" />
      </div>
      <Heading title={title} />
      <p class="progress-detail">{detail}</p>
      <p class="visually-hidden" role="status">
        {title}. {detail}
      </p>
      {fraction !== undefined && (
        <div class="progress-upload">
          <progress aria-label="Sent" max={100} value={percent} />
          <span class="progress-percent" aria-hidden="true">
            {percent} %
          </span>
        </div>
      )}
      <PauseNotice pause={pause} />
      <ol class="steps">
        {stages.map((each, position) => (
          <li
            key={each}
            class={position < index ? 'step step-past' : position === index ? 'step step-now' : 'step'}
            aria-current={position === index ? 'step' : undefined}
          >
            {stageWords[each].step}
          </li>
        ))}
      </ol>
      {onCancel !== undefined && (
        <button type="button" class="button button-bare" onClick={onCancel}>
          Cancel
        </button>
      )}
    </div>
  );
}
