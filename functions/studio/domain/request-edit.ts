import { ulid } from 'ulid';
import { hasEnded } from '../../contracts/edit.ts';
import type { Recipe } from '../../contracts/recipe.ts';
import { studioMetrics } from '../metrics.ts';
import type { MakeQueue, Pause, Versioned } from './edit-ports.ts';
import { contentKeyOf, editIdOf } from './edit-identity.ts';
import { type EditRecord, firstMendMs } from './edit-record.ts';
import { finishEdit, type FinishEditDeps } from './finish-edit.ts';
import { checkNames, lookAtUploads, prepareEdit, uploadsOf } from './prepare-edit.ts';
import { readEdit } from './read-edit.ts';
import { removeRun } from './remove-run.ts';

export interface RequestEditDeps extends FinishEditDeps {
  readonly queue: MakeQueue;
  readonly pause: Pause;
  /** How long results are kept, in milliseconds; after that they are made anew. */
  readonly resultsLifeMs: number;
}

/** How long a request waits for what somebody else is making already. */
const patienceMs = 8000;
/** S3 deletes a result some time after its life is over: it is not pointed at any more in the last hour. */
const marginMs = 60 * 60_000;

/**
 * What a recipe asks for: made now, made before, or on its way through the queue.
 * @returns the edit as it is now; undefined when it was erased meanwhile
 * @throws HttpProblem 404, 413 or 422 with pointers into the recipe; nothing was registered then
 */
export async function requestEdit(deps: RequestEditDeps, recipe: Recipe): Promise<EditRecord | undefined> {
  const index = await deps.library.index();
  checkNames(recipe, index);
  const id = editIdOf(recipe, index);
  const stored = await deps.edits.get(id);
  if (stored !== undefined && isAlive(deps, stored.value)) {
    return hasEnded(stored.value.state) ? stored.value : await join(deps, stored);
  }

  const etags = await lookAtUploads(deps.uploads, recipe);
  const contentKey = contentKeyOf(recipe, index, etags);
  // What was made before needs no judgement, and its bytes need not be read.
  const isMade = (await deps.made.get(contentKey)) !== undefined;
  const prepared = isMade ? undefined : await prepareEdit(deps, recipe);
  const now = deps.clock();
  const isQueued = prepared?.route === 'queued';
  const record: EditRecord = {
    id,
    run: ulid(now),
    state: isQueued || isMade ? 'accepted' : 'making',
    times: { accepted: now, ...(isQueued || isMade ? {} : { making: now }) },
    route: isQueued ? 'queued' : 'at-once',
    recipe,
    uploads: uploadsOf(recipe),
    contentKey,
    heldUntil: isQueued || isMade ? now : now + deps.heldForMs,
    mendAt: now + (isQueued ? firstMendMs : deps.heldForMs),
    mends: 0,
  };
  const created = await create(deps, record, stored);
  if (created === undefined) {
    // Somebody else was first with the same recipe.
    return await readEdit(deps, id, patienceMs);
  }
  if (isQueued) {
    await deps.queue.send({ editId: id });
    deps.meter.count(studioMetrics.editQueued);
    return record;
  }
  return await finishEdit(deps, created, prepared);
}

/** Whether the record still stands for something: it was not erased, and its result has not expired. */
const isAlive = ({ clock, resultsLifeMs }: RequestEditDeps, { erasedAt, times }: EditRecord): boolean =>
  erasedAt === undefined && clock() < times.accepted + resultsLifeMs - marginMs;

/** Waits for whoever makes it; what was to be made at once, by somebody who died, is made here. */
async function join(deps: RequestEditDeps, stored: Versioned<EditRecord>): Promise<EditRecord | undefined> {
  const { id, route, heldUntil } = stored.value;
  if (route === 'at-once' && deps.clock() >= heldUntil) {
    const finished = await finishEdit(deps, stored);
    if (finished === undefined || finished.route === 'queued' || hasEnded(finished.state)) {
      return finished;
    }
  }
  return await readEdit(deps, id, patienceMs);
}

/** Registers an edit, in the place of one that is over. */
async function create(
  deps: RequestEditDeps,
  record: EditRecord,
  over: Versioned<EditRecord> | undefined,
): Promise<Versioned<EditRecord> | undefined> {
  if (over === undefined) {
    const version = await deps.edits.create(record);
    return version === undefined ? await ours(deps, record) : { value: record, version };
  }
  // What an interrupted erasure, or a maker that died after it, may have left.
  await removeRun(deps, over.value);
  const version = await deps.edits.put(record, over.version);
  return version === undefined ? await ours(deps, record) : { value: record, version };
}

/** A write that S3 has taken although its answer was lost is refused when it is sent again: then the record is there, and it is ours. */
async function ours(deps: RequestEditDeps, record: EditRecord): Promise<Versioned<EditRecord> | undefined> {
  const stored = await deps.edits.get(record.id);
  return stored?.value.run === record.run ? stored : undefined;
}
