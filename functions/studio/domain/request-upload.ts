import { ulid } from 'ulid';
import type { PresignedUpload } from '../../contracts/presigned-upload.ts';
import type { StudioUploadGrant, StudioUploadRequest } from '../../contracts/studio-upload.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Meter } from '../../kernel/meter.ts';
import { type RateLimiter, takeTurn } from '../../kernel/rate-limiter.ts';
import { studioMetrics } from '../metrics.ts';

export interface RequestUploadDeps {
  readonly rate: RateLimiter;
  /** Signs an upload. */
  readonly presign: (uploadId: string, contentType: string) => Promise<PresignedUpload>;
  readonly meter: Meter;
  readonly clock: Clock;
}

/** A person who composes a meme tries things: more than for a campaign's one photo. */
const uploadsPerMinute = 30;

/**
 * Grants an upload.
 * @param client what one rate limit counts: an address or a network
 */
export async function requestUpload(
  deps: RequestUploadDeps,
  { contentType }: StudioUploadRequest,
  client: string,
): Promise<StudioUploadGrant> {
  await takeTurn(deps.rate, client, uploadsPerMinute, () =>
    deps.meter.count(studioMetrics.uploadRateLimited),
  );
  const uploadId = ulid(deps.clock());
  const upload = await deps.presign(uploadId, contentType);
  deps.meter.count(studioMetrics.uploadRequested);
  return { uploadId, upload };
}
