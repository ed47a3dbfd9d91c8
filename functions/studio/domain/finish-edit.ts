import type { EditResult } from '../../contracts/edit.ts';
import type { Clock } from '../../kernel/clock.ts';
import { PermanentError } from '../../kernel/errors.ts';
import type { Meter } from '../../kernel/meter.ts';
import { studioMetrics } from '../metrics.ts';
import { changeEdit } from './change-edit.ts';
import { failureOf } from './edit-failure.ts';
import type { EditMaker, EditStore, MadeStore, MakeQueue, ResultFiles, Versioned } from './edit-ports.ts';
import type { EditChange, EditRecord } from './edit-record.ts';
import { prepareEdit, type PrepareEditDeps, type PreparedEdit } from './prepare-edit.ts';
import { queueEdit } from './queue-edit.ts';
import { removeRun } from './remove-run.ts';

export interface FinishEditDeps extends PrepareEditDeps {
  readonly edits: EditStore;
  readonly made: MadeStore;
  readonly files: ResultFiles;
  readonly maker: EditMaker;
  readonly meter: Meter;
  readonly clock: Clock;
  /** Takes over what takes too long to be made at once; undefined where the queue is worked off. */
  readonly queue: MakeQueue | undefined;
  /** How long making may take, in milliseconds. */
  readonly withinMs: number;
  /** How long an edit is held: the time-out of the function, after which its maker is surely dead. */
  readonly heldForMs: number;
}

/**
 * Brings an edit to its end: `done` with its file, or `failed` with the reason. Any step may be repeated after a crash. Throws for what a retry may mend.
 * @param edit accepted, or held by this caller already, who then brings what it has `prepared`
 * @returns the edit as it is then: not ended when another maker holds it or the queue has it now; undefined when it was erased meanwhile
 */
export async function finishEdit(
  deps: FinishEditDeps,
  edit: Versioned<EditRecord>,
  prepared?: PreparedEdit,
): Promise<EditRecord | undefined> {
  let held = edit;
  if (prepared === undefined) {
    const taken = await changeEdit(deps, edit, { to: 'making', heldForMs: deps.heldForMs });
    if (taken.kind !== 'changed') {
      return taken.kind === 'past' ? taken.edit.value : undefined;
    }
    held = taken.edit;
  }
  const outcome = await attempt(deps, held.value, prepared);
  switch (outcome.kind) {
    case 'ended':
      return end(deps, held, outcome.change);
    case 'too-long':
      return queueEdit({ ...deps, queue: outcome.queue }, held);
    case 'broken':
      // Whoever tries next need not wait until this maker would surely be dead.
      await changeEdit(deps, held, { to: 'released' });
      throw outcome.error;
  }
}

type Ending = Extract<EditChange, { to: 'done' | 'failed' }>;
type Outcome =
  | { readonly kind: 'ended'; readonly change: Ending }
  | { readonly kind: 'too-long'; readonly queue: MakeQueue }
  | { readonly kind: 'broken'; readonly error: unknown };

async function attempt(
  deps: FinishEditDeps,
  record: EditRecord,
  prepared: PreparedEdit | undefined,
): Promise<Outcome> {
  const { queue } = deps;
  try {
    const result = (await reuse(deps, record)) ?? (await make(deps, record, prepared));
    return result === 'too-long' ? tooLong(queue) : { kind: 'ended', change: { to: 'done', result } };
  } catch (error) {
    if (queue !== undefined && error instanceof PermanentError && error.code === 'took-too-long') {
      return tooLong(queue);
    }
    const failure = failureOf(error);
    return failure === undefined
      ? { kind: 'broken', error }
      : { kind: 'ended', change: { to: 'failed', failure } };
  }
}

function tooLong(queue: MakeQueue | undefined): Outcome {
  if (queue === undefined) {
    throw new Error('What the queue brought is to go to the queue');
  }
  return { kind: 'too-long', queue };
}

/** A copy of what was made before of the same bytes. */
async function reuse(deps: FinishEditDeps, record: EditRecord): Promise<EditResult | undefined> {
  const made = await deps.made.get(record.contentKey);
  if (made === undefined) {
    return undefined;
  }
  const { editId, run, result } = made.value;
  if (editId === record.id && run === record.run) {
    // Made by an attempt that died before it could say so.
    return result;
  }
  const url = await deps.files.copy(result, record);
  if (url === undefined) {
    return undefined;
  }
  deps.meter.count(studioMetrics.editReused);
  return { ...result, url };
}

/** Too long is what is to be made by way of the queue. */
async function make(
  deps: FinishEditDeps,
  record: EditRecord,
  prepared: PreparedEdit | undefined,
): Promise<EditResult | 'too-long'> {
  const { recipe } = record;
  if (recipe === undefined) {
    throw new Error(`Edit ${record.id} has no recipe and was not erased`);
  }
  const { route, planned } = prepared ?? (await prepareEdit(deps, recipe));
  if (deps.queue !== undefined && route === 'queued') {
    return 'too-long';
  }
  if (planned === undefined) {
    throw new Error('Movies cannot be read here, and are to be made here');
  }
  const startedAt = deps.clock();
  const file = await deps.maker.make({ recipe, ...planned, withinMs: deps.withinMs });
  const url = await deps.files.put(record, file);
  const result = { ...file.result, url, bytes: file.bytes.byteLength };
  await deps.made.put(record.contentKey, { editId: record.id, run: record.run, result });
  deps.meter.count(studioMetrics.editMade);
  deps.meter.time(studioMetrics.makeDuration, deps.clock() - startedAt);
  return result;
}

async function end(
  deps: FinishEditDeps,
  held: Versioned<EditRecord>,
  change: Ending,
): Promise<EditRecord | undefined> {
  const outcome = await changeEdit(deps, held, change);
  if (outcome.kind === 'gone') {
    // Erased while it was made: what was made for it goes too.
    await removeRun(deps, held.value);
    return undefined;
  }
  const { value } = outcome.edit;
  if (outcome.kind === 'changed') {
    const tookMs = (value.times[change.to] ?? value.times.accepted) - value.times.accepted;
    deps.meter.count(change.to === 'done' ? studioMetrics.editDone : studioMetrics.editFailed);
    deps.meter.time(
      value.route === 'at-once' ? studioMetrics.promptEditDuration : studioMetrics.queuedEditDuration,
      tookMs,
    );
  }
  return value;
}
