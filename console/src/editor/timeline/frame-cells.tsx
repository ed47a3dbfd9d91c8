import type { Plan } from '../../../../functions/studio/domain/plan.ts';
import { frameAt } from '../canvas/frame-at.ts';
import type { Player } from './player.ts';
import { useMoment } from './use-moment.ts';

/** More cells than that are drawn as a sentence: nobody counts them. */
const mostCells = 400;
/** Screen pixels that a digit needs, and all of them together beside it. */
const digitWidth = 6.4;
const digitRoom = 2;

const rounded = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;

/** Every frame of what is made, as long as it is shown, with its delay in milliseconds where there is room. */
export function FrameCells({
  plan: { frames, durationMs },
  player,
  viewMs,
  width,
}: {
  readonly plan: Plan;
  readonly player: Player;
  readonly viewMs: number;
  /** Screen pixels of the whole track. */
  readonly width: number;
}) {
  const delays = frames.map((frame) => rounded(frame.durationMs));
  const least = Math.min(...delays);
  const most = Math.max(...delays);
  const words = `${frames.length} frames, ${least === most ? `${least} ms each` : `${least} to ${most} ms`}`;
  const now = useMoment(player, ({ atMs }) => frameAt({ frames }, atMs));
  const cells = frames.length <= mostCells && width / frames.length >= 3;
  return (
    <div class="ed-cells" role="img" aria-label={words} style={{ width: `${(durationMs / viewMs) * 100}%` }}>
      {cells ? (
        delays.map((delay, index) => (
          <span
            key={index}
            class={`ed-cell${index === now ? ' ed-cell-now' : ''}`}
            title={`Frame ${index + 1}: ${delay} ms`}
            style={{ flexGrow: delay }}
          >
            {(delay / viewMs) * width >= String(Math.round(delay)).length * digitWidth + digitRoom
              ? Math.round(delay)
              : ''}
          </span>
        ))
      ) : (
        <span class="ed-cells-words">{words}</span>
      )}
    </div>
  );
}
