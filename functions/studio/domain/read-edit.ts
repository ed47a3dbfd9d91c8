import { hasEnded } from '../../contracts/edit.ts';
import { studioMetrics } from '../metrics.ts';
import type { Pause } from './edit-ports.ts';
import { type EditRecord, needsMending } from './edit-record.ts';
import { queueEdit, type QueueEditDeps } from './queue-edit.ts';

export interface ReadEditDeps extends QueueEditDeps {
  readonly pause: Pause;
}

const firstPauseMs = 200;
const longestPauseMs = 2000;

/**
 * An edit as it is now, or as soon as it ends within `waitMs`. One that nobody makes any more is queued again. Undefined when there is no such edit; an erased
 * one is answered as such.
 */
export async function readEdit(
  deps: ReadEditDeps,
  editId: string,
  waitMs: number,
): Promise<EditRecord | undefined> {
  const deadline = deps.clock() + waitMs;
  let pauseMs = firstPauseMs;
  let record = await readOnce(deps, editId);
  while (
    record !== undefined &&
    record.erasedAt === undefined &&
    !hasEnded(record.state) &&
    deps.clock() < deadline
  ) {
    await deps.pause(Math.min(pauseMs, deadline - deps.clock()));
    pauseMs = Math.min(pauseMs * 1.5, longestPauseMs);
    record = await readOnce(deps, editId);
  }
  return record;
}

async function readOnce(deps: ReadEditDeps, editId: string): Promise<EditRecord | undefined> {
  const stored = await deps.edits.get(editId);
  if (stored !== undefined && needsMending(stored.value, deps.clock())) {
    deps.meter.count(studioMetrics.editMended);
    return queueEdit(deps, stored);
  }
  return stored?.value;
}
