import type { Job } from '../../../functions/contracts/job.ts';
import { getJob } from './jobs.ts';
import { type Patience, withPatience } from './patience.ts';
import { pause } from './pause.ts';

/** What is known of a job. `lapsed`: its photo never arrived and can arrive no more. */
export interface Sighting {
  readonly job: Job;
  readonly lapsed: boolean;
}

/** S3 tells of an upload usually in seconds and sometimes after a minute; before this much time nothing is given up. */
const lateEventMs = 5 * 60_000;
/** A server that answers at once although asked to wait must not be asked in a tight loop. */
const shortestRoundMs = 1000;
/** The server holds an answer until the job ends, so states on the way are seen between polls: often at first, rarely when it takes long. */
const firstWaitSeconds = 2;
const longestWaitSeconds = 20;

/** Follows a job to its end by long polls; `onSighting` is told every answer. */
export async function watchJob(
  id: string,
  { onSighting, ...patience }: Omit<Patience, 'attempts'> & { onSighting: (sighting: Sighting) => void },
): Promise<void> {
  const { signal } = patience;
  for (let wait = 0; ; wait = Math.min(Math.max(firstWaitSeconds, wait * 2), longestWaitSeconds)) {
    const asked = performance.now();
    const { value: job, servedAt } = await withPatience(() => getJob(id, wait, signal), {
      ...patience,
      attempts: Number.POSITIVE_INFINITY,
    });
    const lapsed =
      job.state === 'awaiting-upload' && servedAt > Date.parse(job.uploadExpiresAt) + lateEventMs;
    onSighting({ job, lapsed });
    if (lapsed || job.state === 'done' || job.state === 'failed') {
      return;
    }
    const early = shortestRoundMs - (performance.now() - asked);
    if (wait > 0 && early > 0) {
      await pause(early, signal);
    }
  }
}
