import { useEffect, useRef } from 'preact/hooks';
import type { Player } from './player.ts';

/** What moves is shown moving, to who does not mind. */
export function usePlayAtFirst(player: Player, isMoving: boolean | undefined): void {
  const isDone = useRef(false);
  useEffect(() => {
    if (isMoving === true && !isDone.current && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
      player.play();
    }
    isDone.current ||= isMoving !== undefined;
  }, [isMoving]);
}
