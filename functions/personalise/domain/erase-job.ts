import type { Clock } from '../../kernel/clock.ts';
import type { Meter } from '../../kernel/meter.ts';
import { personaliseMetrics } from '../metrics.ts';
import { erase, type JobRecord } from './job-record.ts';
import type { JobProjection, JobStore, PictureStore, UploadStore } from './ports.ts';
import { leavePicture } from './share-picture.ts';

export interface EraseJobDeps {
  readonly jobs: JobStore;
  readonly uploads: UploadStore;
  readonly pictures: PictureStore;
  readonly projection: JobProjection;
  readonly meter: Meter;
  readonly clock: Clock;
}

const maxAttempts = 8;

/**
 * Erases what a person gave and what was made of it. The record is emptied first: from then on the job does not exist for readers, and a render in flight
 * finds it gone and removes its own files. Every step may be repeated, so an erasure cut short is completed by asking again. Answers false for an unknown job.
 */
export async function eraseJob(deps: EraseJobDeps, jobId: string): Promise<boolean> {
  const erased = await emptyRecord(deps, jobId);
  if (erased === undefined) {
    return false;
  }
  await deps.uploads.delete(jobId);
  if (erased.pictureKey !== undefined) {
    await leavePicture(deps.pictures, erased.pictureKey, jobId);
  }
  await deps.projection.show(erased);
  deps.meter.count(personaliseMetrics.jobErased);
  return true;
}

async function emptyRecord(deps: EraseJobDeps, jobId: string): Promise<JobRecord | undefined> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const stored = await deps.jobs.get(jobId);
    if (stored === undefined) {
      return undefined;
    }
    const erased = erase(stored.value, deps.clock());
    if (stored.value.erasedAt !== undefined || (await deps.jobs.put(erased, stored.version)) !== undefined) {
      return erased;
    }
  }
  throw new Error(`Job ${jobId} changed ${maxAttempts} times while it was to be erased`);
}
