import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import type { PresignedUpload } from '../contracts/presigned-upload.ts';
import { s3 } from './s3.ts';

/** How long an upload may be started after it was granted. */
export const uploadLifeSeconds = 300;

/**
 * A presigned POST whose policy fixes the key, the declared content type, the size (1 byte to `maxBytes`) and the expiry. A presigned PUT could not bound
 * the size. Signed locally with the function's credentials.
 */
export async function presignUpload(upload: {
  readonly bucket: string;
  readonly key: string;
  readonly contentType: string;
  readonly maxBytes: number;
  /** Epoch milliseconds. */
  readonly now: number;
}): Promise<PresignedUpload> {
  const { url, fields } = await createPresignedPost(s3, {
    Bucket: upload.bucket,
    Key: upload.key,
    Fields: { 'Content-Type': upload.contentType },
    Conditions: [
      ['content-length-range', 1, upload.maxBytes],
      ['eq', '$Content-Type', upload.contentType],
    ],
    Expires: uploadLifeSeconds,
  });
  return {
    url,
    fields,
    expiresAt: new Date(upload.now + uploadLifeSeconds * 1000).toISOString(),
    maxBytes: upload.maxBytes,
  };
}
