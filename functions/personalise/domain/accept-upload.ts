import type { Clock } from '../../kernel/clock.ts';
import type { Meter } from '../../kernel/meter.ts';
import { personaliseMetrics } from '../metrics.ts';
import { changeJob } from './change-job.ts';
import { type Judgement, judgeUpload } from './judge-upload.ts';
import type { JobRecord } from './job-record.ts';
import type { JobStore, RenderQueue, UploadStore, Versioned } from './ports.ts';

export interface AcceptUploadDeps {
  readonly jobs: JobStore;
  readonly uploads: UploadStore;
  readonly queue: RenderQueue;
  readonly meter: Meter;
  readonly clock: Clock;
}

/** Bytes read to judge an upload: the first suffices but for JPEGs with long metadata. */
const headLengths = [64 * 1024, 1024 * 1024, Number.MAX_SAFE_INTEGER];

/**
 * Judges an upload that has arrived and hands the job on. Every step may be repeated: the verdict is recorded in S3 first and the message sent after, so a
 * crash between the two is mended by the next delivery of the same event, and a second message changes nothing.
 */
export async function acceptUpload(deps: AcceptUploadDeps, jobId: string): Promise<void> {
  const stored = await deps.jobs.get(jobId);
  if (stored === undefined || stored.value.erasedAt !== undefined) {
    // Its job was erased, or its record has expired: nobody may keep the photo.
    await deps.uploads.delete(jobId);
    return;
  }
  const record = stored.value.state === 'awaiting-upload' ? await judge(deps, stored) : stored.value;
  const isRefused = record?.state === 'failed' && record.times.accepted === undefined;
  if (isRefused) {
    await deps.uploads.delete(jobId);
  }
  if (isRefused || record?.state === 'accepted') {
    await deps.queue.send({ jobId });
  }
}

/** The job after its upload was judged; undefined when the upload or the job is gone. */
async function judge(deps: AcceptUploadDeps, job: Versioned<JobRecord>): Promise<JobRecord | undefined> {
  const judgement = await judgeHead(deps, job.value);
  if (judgement === undefined) {
    return undefined;
  }
  const outcome = await changeJob(
    deps,
    job,
    judgement.verdict === 'accepted' ? { to: 'accepted' } : { to: 'failed', failure: judgement.failure },
  );
  if (outcome.kind === 'changed') {
    deps.meter.count(
      judgement.verdict === 'accepted' ? personaliseMetrics.uploadAccepted : personaliseMetrics.uploadRefused,
    );
  }
  return outcome.kind === 'gone' ? undefined : outcome.job.value;
}

async function judgeHead(
  deps: AcceptUploadDeps,
  record: JobRecord,
): Promise<Exclude<Judgement, { verdict: 'more' }> | undefined> {
  for (const length of headLengths) {
    const head = await deps.uploads.head(record.id, length);
    if (head === undefined) {
      return undefined;
    }
    const judgement = judgeUpload(head.bytes, head.size, record.limits);
    if (judgement.verdict !== 'more') {
      return judgement;
    }
  }
  throw new Error(`The upload of job ${record.id} grew while it was read`);
}
