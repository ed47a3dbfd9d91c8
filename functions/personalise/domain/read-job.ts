import { isTerminal } from '../../contracts/job.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { JobRecord } from './job-record.ts';
import type { JobProjection, JobReader, JobStore } from './ports.ts';

export interface ReadJobDeps {
  readonly jobs: JobStore;
  readonly reader: JobReader;
  readonly projection: JobProjection;
  readonly clock: Clock;
}

/**
 * A job as it is now, or as soon as it ends within `waitMs`. Redis answers; S3 does when Redis has lost the job, when it has had no news for long, and, to who
 * does not wait, while the upload is awaited, since `accept-upload` cannot write to Redis. Undefined when there is no such job.
 */
export async function readJob(
  deps: ReadJobDeps,
  jobId: string,
  waitMs: number,
): Promise<JobRecord | undefined> {
  const deadline = deps.clock() + waitMs;
  let record = await readOnce(deps, jobId, waitMs > 0);
  while (record !== undefined && !isOver(record) && deps.clock() < deadline) {
    const patience = Math.min(deadline - deps.clock(), longestBlindMs);
    record = (await deps.reader.next(record, patience)) ?? (await deps.jobs.get(jobId))?.value;
  }
  return record;
}

/** S3 is asked again after this long without news: the projection may have missed a state. */
const longestBlindMs = 5000;

const isOver = (record: JobRecord): boolean => record.erasedAt !== undefined || isTerminal(record.state);

async function readOnce(
  deps: ReadJobDeps,
  jobId: string,
  isWaiting: boolean,
): Promise<JobRecord | undefined> {
  const shown = await deps.reader.get(jobId);
  // Whoever waits for the end is not told of the states before it, and those after `accepted` come to Redis.
  if (shown !== undefined && (isWaiting || shown.state !== 'awaiting-upload')) {
    return shown;
  }
  const stored = await deps.jobs.get(jobId);
  if (stored !== undefined && stored.value.state !== shown?.state) {
    await deps.projection.show(stored.value);
  }
  return stored?.value;
}
