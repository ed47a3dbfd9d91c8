import type { Clock } from '../../kernel/clock.ts';
import type { Meter } from '../../kernel/meter.ts';
import { studioMetrics } from '../metrics.ts';
import { changeEdit } from './change-edit.ts';
import type { EditStore, MakeQueue, Versioned } from './edit-ports.ts';
import type { EditRecord } from './edit-record.ts';

export interface QueueEditDeps {
  readonly edits: EditStore;
  readonly queue: MakeQueue;
  readonly meter: Meter;
  readonly clock: Clock;
}

/** Gives an edit to the queue. Who changes the record sends the message: a crash between the two is mended by whoever looks later. */
export async function queueEdit(
  deps: QueueEditDeps,
  edit: Versioned<EditRecord>,
): Promise<EditRecord | undefined> {
  const outcome = await changeEdit(deps, edit, { to: 'queued' });
  if (outcome.kind === 'changed') {
    await deps.queue.send({ editId: edit.value.id });
    deps.meter.count(studioMetrics.editQueued);
  }
  return outcome.kind === 'gone' ? undefined : outcome.edit.value;
}
