import { hasEnded } from '../../contracts/edit.ts';
import { finishEdit, type FinishEditDeps } from './finish-edit.ts';
import { removeRun } from './remove-run.ts';

/** What a message of the queue asks for. May be repeated: an edit that has ended, or that another maker holds, is left as it is. */
export async function makeLongEdit(deps: FinishEditDeps, editId: string): Promise<void> {
  const stored = await deps.edits.get(editId);
  if (stored === undefined) {
    return;
  }
  if (stored.value.erasedAt !== undefined) {
    // A maker that died after the erasure may have left its file.
    await removeRun(deps, stored.value);
    return;
  }
  if (!hasEnded(stored.value.state)) {
    await finishEdit(deps, stored);
  }
}
