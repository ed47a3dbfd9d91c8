import { ulid } from 'ulid';
import type { PublishedCampaign } from '../../contracts/campaign.ts';
import type { PresignedUpload } from '../../contracts/presigned-upload.ts';
import type { UploadGrant, UploadRequest } from '../../contracts/upload-request.ts';
import type { Clock } from '../../kernel/clock.ts';
import { HttpProblem } from '../../kernel/http-problem.ts';
import type { Meter } from '../../kernel/meter.ts';
import { type RateLimiter, takeTurn } from '../../kernel/rate-limiter.ts';
import { personaliseMetrics } from '../metrics.ts';
import { type JobRecord, toJob } from './job-record.ts';
import { findOpenCampaign } from './open-campaigns.ts';
import type { CampaignCatalogue, JobProjection, JobStore } from './ports.ts';
import { checkSlots } from './slot-text.ts';

export interface RequestUploadDeps {
  readonly catalogue: CampaignCatalogue;
  readonly jobs: JobStore;
  readonly projection: JobProjection;
  readonly rate: RateLimiter;
  /** Signs the upload of a job. */
  readonly presign: (jobId: string, contentType: string, maxBytes: number) => Promise<PresignedUpload>;
  readonly meter: Meter;
  readonly clock: Clock;
}

/**
 * Registers a job and grants its upload.
 * @param client what one rate limit counts: an address or a network
 */
export async function requestUpload(
  deps: RequestUploadDeps,
  request: UploadRequest,
  client: string,
): Promise<UploadGrant> {
  const campaign = findOpenCampaign(await deps.catalogue.index(), request.campaign, deps.clock());
  const slots = slotsOf(request, campaign);
  await takeTurn(deps.rate, client, campaign.limits.uploadsPerMinute, () =>
    deps.meter.count(personaliseMetrics.uploadRateLimited),
  );
  const jobId = ulid(deps.clock());
  const upload = await deps.presign(jobId, request.contentType, campaign.limits.maxBytes);
  const record: JobRecord = {
    id: jobId,
    campaign: campaign.id,
    campaignVersion: campaign.version,
    state: 'awaiting-upload',
    times: { 'awaiting-upload': deps.clock() },
    uploadExpiresAt: Date.parse(upload.expiresAt),
    slots,
    limits: {
      maxBytes: campaign.limits.maxBytes,
      maxPixels: campaign.limits.maxPixels,
      minPixelsPerSide: campaign.limits.minPixelsPerSide,
    },
  };
  // The id is new: when it is there already, a retried write of ours has made it.
  await deps.jobs.create(record);
  await deps.projection.show(record);
  deps.meter.count(personaliseMetrics.uploadRequested);
  return { jobId, upload, job: toJob(record) };
}

function slotsOf(request: UploadRequest, campaign: PublishedCampaign): Record<string, string> {
  const checked = checkSlots(request.slots, campaign);
  if (checked.ok) {
    return checked.slots;
  }
  throw new HttpProblem(422, 'slots-do-not-fit', 'Some of the words cannot be used in this campaign.', {
    errors: checked.problems.map(({ slot, detail }) => ({ pointer: `/slots/${slot}`, detail })),
  });
}
