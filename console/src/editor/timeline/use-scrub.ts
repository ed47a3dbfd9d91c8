import type { Player } from './player.ts';
import { useDrag } from './use-drag.ts';

/**
 * Brings the player to the moment of a track that is pressed, and on while it is dragged.
 *
 * @param momentAt the moment of the output at a part of the track’s width, from 0 to 1
 */
export function useScrub(
  track: { readonly current: HTMLElement | null },
  player: Player,
  momentAt: (part: number) => number,
) {
  const seek = ({ clientX }: PointerEvent): void => {
    const { left = 0, width = 1 } = track.current?.getBoundingClientRect() ?? {};
    player.pause();
    player.seek(momentAt((clientX - left) / width));
  };
  return useDrag({
    perPixel: () => 1,
    onStart: (event) => {
      seek(event);
      return event.clientX;
    },
    onMove: (_, __, event) => {
      seek(event);
    },
    onEnd: () => undefined,
  });
}
