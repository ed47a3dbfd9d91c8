import { Icon } from '../../parts/icon.tsx';
import type { Player } from './player.ts';
import { clockTime } from './time-words.ts';
import { useMoment } from './use-moment.ts';

/** Play, pause, and where it is. */
export function Transport({ player }: { readonly player: Player }) {
  const isPlaying = useMoment(player, (each) => each.isPlaying);
  const now = useMoment(player, ({ atMs }) => clockTime(atMs));
  const end = useMoment(player, ({ durationMs }) => clockTime(durationMs));
  return (
    <div class="ed-transport">
      <button
        type="button"
        class="ed-play"
        aria-label={isPlaying ? 'Pause' : 'Play'}
        title={isPlaying ? 'Pause (Space)' : 'Play (Space)'}
        onClick={() => {
          player.toggle();
        }}
      >
        <Icon name={isPlaying ? 'pause' : 'play'} />
      </button>
      <span class="ed-clock" role="timer" aria-live="off" aria-label="Moment">
        {now} <span class="ed-clock-end">/ {end}</span>
      </span>
    </div>
  );
}
