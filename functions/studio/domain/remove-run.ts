import type { MadeStore, ResultFiles } from './edit-ports.ts';
import type { EditRecord } from './edit-record.ts';

/** Deletes whatever one run of an edit has made, and what remembers it. May be repeated after a crash at any point. */
export async function removeRun(
  deps: { readonly made: MadeStore; readonly files: ResultFiles },
  { id, run, contentKey }: Pick<EditRecord, 'id' | 'run' | 'contentKey'>,
): Promise<void> {
  const made = await deps.made.get(contentKey);
  if (made !== undefined && made.value.editId === id && made.value.run === run) {
    await deps.made.delete(contentKey, made.version);
  }
  await deps.files.delete({ id, run });
}
