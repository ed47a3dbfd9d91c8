import { hasEnded } from '../../contracts/edit.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Meter } from '../../kernel/meter.ts';
import { studioMetrics } from '../metrics.ts';
import type { EditStore, MadeStore, MakeQueue, ResultFiles, UploadStore } from './edit-ports.ts';
import { erase, type EditRecord } from './edit-record.ts';
import { removeRun } from './remove-run.ts';

export interface EraseEditDeps {
  readonly edits: EditStore;
  readonly made: MadeStore;
  readonly files: ResultFiles;
  readonly uploads: UploadStore;
  readonly queue: MakeQueue;
  readonly meter: Meter;
  readonly clock: Clock;
}

const maxAttempts = 8;

/**
 * Erases an edit, its file, and the uploads that its recipe names. The record is emptied first: from then on the edit does not exist for readers, and whoever
 * is making it finds it gone and removes the file. Every step may be repeated, so an erasure cut short is completed by asking again. Answers false for an
 * unknown edit.
 */
export async function eraseEdit(deps: EraseEditDeps, editId: string): Promise<boolean> {
  const erased = await emptyRecord(deps, editId);
  if (erased === undefined) {
    return false;
  }
  if (!hasEnded(erased.state)) {
    // A maker may die between its file and the look that would tell it of the erasure: the message comes when it is surely over.
    await deps.queue.send({ editId }, Math.max(0, erased.heldUntil - deps.clock()));
  }
  await removeRun(deps, erased);
  for (const upload of erased.uploads) {
    await deps.uploads.delete(upload);
  }
  deps.meter.count(studioMetrics.editErased);
  return true;
}

async function emptyRecord(deps: EraseEditDeps, editId: string): Promise<EditRecord | undefined> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const stored = await deps.edits.get(editId);
    if (stored === undefined) {
      return undefined;
    }
    const erased = erase(stored.value, deps.clock());
    if (stored.value.erasedAt !== undefined || (await deps.edits.put(erased, stored.version)) !== undefined) {
      return erased;
    }
  }
  throw new Error(`Edit ${editId} changed ${maxAttempts} times while it was to be erased`);
}
