import type { Clock } from '../../kernel/clock.ts';
import { advance, type JobChange, type JobRecord } from './job-record.ts';
import type { JobStore, Versioned } from './ports.ts';

const maxAttempts = 8;

export type ChangeOutcome =
  | { readonly kind: 'changed'; readonly job: Versioned<JobRecord> }
  /** The job is past that state already: the event was repeated or late. */
  | { readonly kind: 'past'; readonly job: Versioned<JobRecord> }
  /** There is no such job, or it was erased. */
  | { readonly kind: 'gone' };

/**
 * Moves a job forward in the store by compare-and-swap; whoever writes first wins, and nobody moves it back.
 * @param known the job as it was read last; it is read again only when somebody else has written since
 */
export async function changeJob(
  deps: { readonly jobs: JobStore; readonly clock: Clock },
  known: Versioned<JobRecord>,
  change: JobChange,
): Promise<ChangeOutcome> {
  let stored: Versioned<JobRecord> | undefined = known;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    if (stored === undefined || stored.value.erasedAt !== undefined) {
      return { kind: 'gone' };
    }
    const value = advance(stored.value, change, deps.clock());
    if (value === undefined) {
      return { kind: 'past', job: stored };
    }
    const version = await deps.jobs.put(value, stored.version);
    if (version !== undefined) {
      return { kind: 'changed', job: { value, version } };
    }
    stored = await deps.jobs.get(known.value.id);
  }
  throw new Error(`Job ${known.value.id} changed ${maxAttempts} times while it was to become ${change.to}`);
}
