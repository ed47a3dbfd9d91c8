import * as z from 'zod';

/** A presigned POST: send `fields` in their order, then the bytes as the last field, named `file`, as multipart/form-data to `url`. */
export const presignedUploadSchema = z.object({
  url: z.url(),
  fields: z.record(z.string(), z.string()),
  expiresAt: z.iso.datetime(),
  maxBytes: z.int(),
});
export type PresignedUpload = z.infer<typeof presignedUploadSchema>;
