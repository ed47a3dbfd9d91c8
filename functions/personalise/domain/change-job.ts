import type { Clock } from '../../kernel/clock.ts';
import { advance, type JobChange, type JobRecord } from './job-record.ts';
import type { JobStore } from './ports.ts';

const maxAttempts = 8;

export type ChangeOutcome =
  | { readonly kind: 'changed'; readonly record: JobRecord }
  /** The job is past that state already: the event was repeated or late. */
  | { readonly kind: 'past'; readonly record: JobRecord }
  /** There is no such job, or it was erased. */
  | { readonly kind: 'gone' };

/** Moves a job forward in the store by compare-and-swap; whoever writes first wins, and nobody moves it back. */
export async function changeJob(
  deps: { readonly jobs: JobStore; readonly clock: Clock },
  jobId: string,
  change: JobChange,
): Promise<ChangeOutcome> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const stored = await deps.jobs.get(jobId);
    if (stored === undefined || stored.value.erasedAt !== undefined) {
      return { kind: 'gone' };
    }
    const record = advance(stored.value, change, deps.clock());
    if (record === undefined) {
      return { kind: 'past', record: stored.value };
    }
    if (await deps.jobs.put(record, stored.version)) {
      return { kind: 'changed', record };
    }
  }
  throw new Error(`Job ${jobId} changed ${maxAttempts} times while it was to become ${change.to}`);
}
