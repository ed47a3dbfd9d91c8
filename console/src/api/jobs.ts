import type { Job } from '../../../functions/contracts/job.ts';
import type { UploadGrant, UploadRequest } from '../../../functions/contracts/upload-request.ts';
import { type Answer, request } from './request.ts';
import { isJob, isUploadGrant } from './shapes.ts';

const jobPath = (id: string): string => `/personalise/jobs/${id}`;

/** Registers a job and answers the permission to upload its photo. */
export async function requestUpload(body: UploadRequest, signal: AbortSignal): Promise<UploadGrant> {
  return (await request('/personalise/uploads', isUploadGrant, { method: 'POST', body, signal })).value;
}

/** @param waitSeconds how long the server may hold its answer back until the job changes, 0 to 20 */
export function getJob(id: string, waitSeconds: number, signal: AbortSignal): Promise<Answer<Job>> {
  return request(`${jobPath(id)}?wait=${waitSeconds}`, isJob, {
    signal,
    timeoutMs: (waitSeconds + 15) * 1000,
  });
}

/** Erases the photo and everything made from it. */
export async function deleteJob(id: string, signal: AbortSignal): Promise<void> {
  await request(jobPath(id), (value) => value === undefined, { method: 'DELETE', signal });
}
