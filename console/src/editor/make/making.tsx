import { useEffect, useState } from 'preact/hooks';
import type { Pause } from '../../api/patience.ts';
import { Fan } from '../../parts/fan.tsx';
import { PauseNotice } from '../../parts/pause-notice.tsx';
import type { MakingStage } from './make-edit.ts';

const words: Readonly<Record<MakingStage, string>> = {
  sending: 'Sending your files',
  waiting: 'Waiting for its turn',
  making: 'Making it',
};
const blades: Readonly<Record<MakingStage, number>> = { sending: 1, waiting: 2, making: 3 };

interface Props {
  readonly stage: MakingStage;
  /** The fraction of the files that is sent, 0 to 1. */
  readonly sent: number;
  /** How long making it takes, in milliseconds, roughly; undefined when nobody knows. */
  readonly estimateMs: number | undefined;
  readonly pause: Pause | undefined;
  readonly onCancel: () => void;
}

/** How far it has come. */
export function MakingProgress({ stage, sent, estimateMs, pause, onCancel }: Props) {
  const elapsedMs = useElapsed(stage);
  const fraction =
    stage === 'sending'
      ? sent
      : stage === 'making' && estimateMs !== undefined
        ? // An estimate is no promise: the bar comes close to its end, and waits there.
          1 - Math.exp((-1.5 * elapsedMs) / Math.max(1000, estimateMs))
        : undefined;
  const percent = fraction === undefined ? undefined : Math.floor(fraction * 100);
  return (
    <div class="making">
      <Fan lit={blades[stage]} current={blades[stage]} tight class="making-fan" />
      <p class="making-words" role="status">
        {words[stage]}
        {stage === 'making' && estimateMs !== undefined && estimateMs > 3000
          ? `, about ${Math.ceil(estimateMs / 1000)} s`
          : ''}
        …
      </p>
      <div class="progress-upload">
        <progress
          aria-label={words[stage]}
          max={100}
          {...(percent === undefined ? {} : { value: percent })}
        />
        {stage === 'sending' && (
          <span class="progress-percent" aria-hidden="true">
            {percent} %
          </span>
        )}
      </div>
      <PauseNotice pause={pause} />
      <button type="button" class="button button-quiet" onClick={onCancel}>
        Cancel
      </button>
    </div>
  );
}

/** Milliseconds since the stage began, a few times a second. */
function useElapsed(stage: MakingStage): number {
  const [elapsedMs, setElapsedMs] = useState(0);
  useEffect(() => {
    const began = performance.now();
    setElapsedMs(0);
    const timer = setInterval(() => {
      setElapsedMs(performance.now() - began);
    }, 250);
    return () => {
      clearInterval(timer);
    };
  }, [stage]);
  return elapsedMs;
}
