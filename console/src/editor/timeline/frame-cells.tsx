import type { Plan } from '../../../../functions/studio/domain/plan.ts';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { frameAt } from '../canvas/frame-at.ts';
import type { Player } from './player.ts';

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
  const now = useRef<HTMLSpanElement>(null);
  const delays = frames.map((frame) => rounded(frame.durationMs));
  const least = Math.min(...delays);
  const most = Math.max(...delays);
  const words = `${frames.length} frames, ${least === most ? `${least} ms each` : `${least} to ${most} ms`}`;
  const hasCells = frames.length <= mostCells && width / frames.length >= 3;
  useEffect(() => {
    const update = (): void => {
      const frame = frames[frameAt({ frames }, player.atMs)];
      now.current?.style.setProperty('left', `${((frame?.atMs ?? 0) / durationMs) * 100}%`);
      now.current?.style.setProperty('width', `${((frame?.durationMs ?? 0) / durationMs) * 100}%`);
    };
    update();
    return player.subscribe(update);
  }, [player, frames]);
  // The same cells are not compared with every letter that is typed.
  const cells = useMemo(
    () =>
      delays.map((delay, index) => (
        <span
          key={index}
          class="ed-cell"
          title={`Frame ${index + 1}: ${delay} ms`}
          style={{ flexGrow: delay }}
        >
          {(delay / viewMs) * width >= String(Math.round(delay)).length * digitWidth + digitRoom
            ? Math.round(delay)
            : ''}
        </span>
      )),
    [delays.join(), viewMs, width],
  );
  return (
    <div class="ed-cells" role="img" aria-label={words} style={{ width: `${(durationMs / viewMs) * 100}%` }}>
      {hasCells ? cells : <span class="ed-cells-words">{words}</span>}
      <span ref={now} class="ed-cell-now" />
    </div>
  );
}
