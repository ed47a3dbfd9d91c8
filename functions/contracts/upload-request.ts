import * as z from 'zod';
import { jobSchema } from './job.ts';
import { uploadContentTypeSchema } from './picture-type.ts';
import { presignedUploadSchema } from './presigned-upload.ts';

/** `POST /personalise/uploads`. */
export const uploadRequestSchema = z.strictObject({
  campaign: z.string().min(1).max(64),
  contentType: uploadContentTypeSchema,
  /** What the person wrote, by slot id. */
  slots: z.record(z.string().max(64), z.string().max(2000)).default({}),
});
export type UploadRequest = z.infer<typeof uploadRequestSchema>;

/** The 201 answer. */
export const uploadGrantSchema = z.object({
  jobId: z.ulid(),
  upload: presignedUploadSchema,
  job: jobSchema,
});
export type UploadGrant = z.infer<typeof uploadGrantSchema>;
