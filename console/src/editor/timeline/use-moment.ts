import { useEffect, useState } from 'preact/hooks';
import type { Player } from './player.ts';

/** What is read off the player, drawn anew only when that changes. */
export function useMoment<T extends string | number | boolean | undefined>(
  player: Player,
  read: (player: Player) => T,
): T {
  const [value, setValue] = useState(() => read(player));
  useEffect(() => {
    const update = (): void => {
      setValue(read(player));
    };
    update();
    return player.subscribe(update);
    // `read` is a new function at every drawing and means the same.
  }, [player]);
  return value;
}
