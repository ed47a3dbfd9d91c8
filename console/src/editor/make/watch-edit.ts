import type { Edit } from '../../../../functions/contracts/edit.ts';
import { type Patience, withPatience } from '../../api/patience.ts';
import { pause } from '../../api/pause.ts';
import { getEdit } from '../../api/studio.ts';

/** A server that answers at once although asked to wait must not be asked in a tight loop. */
const shortestRoundMs = 1000;
const firstWaitSeconds = 2;
const longestWaitSeconds = 20;

/** Follows an edit to its end by long polls, often at first and rarely when it takes long; `onEdit` is told every answer. Answers the edit that has ended. */
export async function watchEdit(
  id: string,
  { onEdit, ...patience }: Omit<Patience, 'attempts'> & { readonly onEdit: (edit: Edit) => void },
): Promise<Edit> {
  for (let wait = firstWaitSeconds; ; wait = Math.min(wait * 2, longestWaitSeconds)) {
    const asked = performance.now();
    const { value: edit } = await withPatience(() => getEdit(id, wait, patience.signal), {
      ...patience,
      attempts: Number.POSITIVE_INFINITY,
    });
    onEdit(edit);
    if (edit.state === 'done' || edit.state === 'failed') {
      return edit;
    }
    const early = shortestRoundMs - (performance.now() - asked);
    if (early > 0) {
      await pause(early, patience.signal);
    }
  }
}
