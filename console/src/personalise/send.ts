import type { Job } from '../../../functions/contracts/job.ts';
import { deleteJob, requestUpload } from '../api/jobs.ts';
import { type Pause, withPatience } from '../api/patience.ts';
import { sendPhoto } from '../api/send-photo.ts';
import { StorageError } from '../api/storage-error.ts';
import type { Photo } from '../photo/photo.ts';
import type { Slots } from './slot-problems.ts';

export interface Sending {
  readonly campaign: string;
  readonly slots: Slots;
  readonly photo: Photo;
  readonly signal: AbortSignal;
  /** The fraction of the photo that is sent, 0 to 1. */
  readonly onProgress: (fraction: number) => void;
  readonly onPause: (pause: Pause | undefined) => void;
}

/**
 * Registers a job and uploads its photo; a permission that ran out on the way is asked for anew, once.
 * @throws the reason of `signal` when that ended it and nothing stays behind; else what `requestUpload`, `sendPhoto` or `deleteJob` throw.
 */
export async function send(sending: Sending): Promise<Job> {
  try {
    return await sendOnce(sending);
  } catch (error) {
    if (error instanceof StorageError && error.expired) {
      return await sendOnce(sending);
    }
    throw error;
  }
}

async function sendOnce({ campaign, slots, photo, signal, onProgress, onPause }: Sending): Promise<Job> {
  const patience = { signal, onPause };
  onProgress(0);
  const grant = await withPatience(
    () => requestUpload({ campaign, contentType: photo.contentType, slots }, signal),
    patience,
  );
  try {
    await withPatience(() => sendPhoto(grant.upload, photo.blob, { signal, onProgress }), patience);
  } catch (error) {
    if (signal.aborted) {
      // The last byte may have been on its way already: who cancels wants nothing to stay behind.
      await deleteJob(grant.jobId, new AbortController().signal);
    }
    throw error;
  }
  return grant.job;
}
