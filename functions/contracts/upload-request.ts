import * as z from 'zod';
import { jobSchema } from './job.ts';
import { uploadContentTypeSchema } from './picture-type.ts';

/** `POST /personalise/uploads`. */
export const uploadRequestSchema = z.strictObject({
  campaign: z.string().min(1).max(64),
  contentType: uploadContentTypeSchema,
  /** What the person wrote, by slot id. */
  slots: z.record(z.string().max(64), z.string().max(2000)).default({}),
});
export type UploadRequest = z.infer<typeof uploadRequestSchema>;

/** A presigned POST: send `fields` in their order, then the bytes as the last field, named `file`, as multipart/form-data to `url`. */
export const presignedUploadSchema = z.object({
  url: z.url(),
  fields: z.record(z.string(), z.string()),
  expiresAt: z.iso.datetime(),
  maxBytes: z.int(),
});
export type PresignedUpload = z.infer<typeof presignedUploadSchema>;

/** The 201 answer. */
export const uploadGrantSchema = z.object({
  jobId: z.ulid(),
  upload: presignedUploadSchema,
  job: jobSchema,
});
export type UploadGrant = z.infer<typeof uploadGrantSchema>;
