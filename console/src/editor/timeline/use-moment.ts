import { useEffect, useRef, useState } from 'preact/hooks';
import type { Player } from './player.ts';

/** What is read off the player, drawn anew only when that changes. */
export function useMoment<T extends string | number | boolean | undefined>(
  player: Player,
  read: (player: Player) => T,
): T {
  const [, setValue] = useState(() => read(player));
  const newest = useRef(read);
  newest.current = read;
  useEffect(
    () =>
      player.subscribe(() => {
        setValue(newest.current(player));
      }),
    [player],
  );
  return read(player);
}
