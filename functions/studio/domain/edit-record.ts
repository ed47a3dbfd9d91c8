import * as z from 'zod';
import {
  type Edit,
  editFailureSchema,
  type EditFailure,
  editIdSchema,
  editResultSchema,
  type EditResult,
  editSchema,
  editStates,
  editStateSchema,
  hasEnded,
} from '../../contracts/edit.ts';
import { recipeSchema } from '../../contracts/recipe.ts';

/** `edits/<id>.json` in the results bucket: the truth about an edit. Times are epoch milliseconds. */
export const editRecordSchema = z.object({
  id: editIdSchema,
  /** One life of the edit, from a request to an erasure: it names the file, so that what is erased is never what was made later. */
  run: z.ulid(),
  state: editStateSchema,
  times: z.object({
    accepted: z.int(),
    making: z.int().optional(),
    done: z.int().optional(),
    failed: z.int().optional(),
  }),
  route: z.enum(['at-once', 'queued']),
  /** Gone when erased. */
  recipe: recipeSchema.optional(),
  /** The uploads that the recipe names, which an erasure deletes. */
  uploads: z.array(z.ulid()),
  /** Equal for the same bytes and the same recipe. */
  contentKey: z.string(),
  /** Until then somebody is making it; a maker that dies keeps it no longer. */
  heldUntil: z.int(),
  /** From then on whoever looks at it queues it again, since nobody seems to be making it. */
  mendAt: z.int(),
  mends: z.int(),
  result: editResultSchema.optional(),
  failure: editFailureSchema.optional(),
  /** Set when a person asked for erasure: the recipe and the result are gone, and the edit no longer exists for readers. */
  erasedAt: z.int().optional(),
});
export type EditRecord = z.infer<typeof editRecordSchema>;

/** What may happen to an edit, with what it brings along. */
export type EditChange =
  /** Taken, or taken over from a maker that died. */
  | { readonly to: 'making'; readonly heldForMs: number }
  /** It is (again) the queue's. */
  | { readonly to: 'queued' }
  /** Its maker gives it up: it may be tried again. */
  | { readonly to: 'released' }
  | { readonly to: 'done'; readonly result: EditResult }
  | { readonly to: 'failed'; readonly failure: EditFailure };

/** A queued edit is queued again after this long without news, then after twice as long, and so on. */
export const firstMendMs = 60_000;
const longestMendMs = 15 * 60_000;
/** What could not be made so often is for people: its message ends among the dead letters. */
const mostMends = 5;

/**
 * The edit after `change`, or undefined when the change is late, repeated or not due: the edit has ended, was erased, or is held by another maker.
 * The caller makes sure that it speaks of the same run.
 */
export function advance(record: EditRecord, change: EditChange, now: number): EditRecord | undefined {
  if (record.erasedAt !== undefined || hasEnded(record.state)) {
    return undefined;
  }
  // A slow clock on another machine must not make an edit's times run backwards.
  const at = Math.max(now, ...Object.values(record.times));
  switch (change.to) {
    case 'making':
      return record.state === 'making' && now < record.heldUntil
        ? undefined
        : {
            ...record,
            state: 'making',
            times: { ...record.times, making: record.times.making ?? at },
            heldUntil: now + change.heldForMs,
            mendAt: now + change.heldForMs,
          };
    case 'queued':
      return {
        ...record,
        route: 'queued',
        heldUntil: now,
        mendAt: now + Math.min(longestMendMs, firstMendMs * 2 ** record.mends),
        mends: record.mends + 1,
      };
    case 'released':
      return {
        ...record,
        heldUntil: now,
        mendAt: now + (record.route === 'queued' ? firstMendMs : 0),
      };
    case 'done':
      return { ...record, state: 'done', times: { ...record.times, done: at }, result: change.result };
    case 'failed':
      return { ...record, state: 'failed', times: { ...record.times, failed: at }, failure: change.failure };
  }
}

/** Whether nobody seems to be making an edit that has not ended. */
export const needsMending = (record: EditRecord, now: number): boolean =>
  record.erasedAt === undefined &&
  !hasEnded(record.state) &&
  now >= record.mendAt &&
  record.mends < mostMends;

/** The record of an erased edit: enough to finish the erasure and to recognise late events, nothing that a person gave. */
export function erase(record: EditRecord, now: number): EditRecord {
  const { result: _result, failure: _failure, recipe: _recipe, ...kept } = record;
  return { ...kept, erasedAt: record.erasedAt ?? now };
}

const iso = (epochMs: number | undefined): string | undefined =>
  epochMs === undefined ? undefined : new Date(epochMs).toISOString();

/** The edit as clients see it. */
export function toEdit(record: EditRecord): Edit {
  return editSchema.parse({
    id: record.id,
    self: `/studio/edits/${record.id}`,
    state: record.state,
    times: Object.fromEntries(
      editStates.flatMap((state) =>
        record.times[state] === undefined ? [] : [[state, iso(record.times[state])]],
      ),
    ),
    result: record.result,
    failure: record.failure,
  });
}
