import * as z from 'zod';
import { uploadContentTypes } from './picture-type.ts';
import { presignedUploadSchema } from './presigned-upload.ts';

/** Movies as people have them: H.264 in MP4 and MOV, VP8 and VP9 in WebM. */
export const movieContentTypes = ['video/mp4', 'video/quicktime', 'video/webm'] as const;
export const studioUploadContentTypes = [...uploadContentTypes, ...movieContentTypes] as const;
export const studioUploadContentTypeSchema = z.enum(studioUploadContentTypes);
export type MovieContentType = (typeof movieContentTypes)[number];

/** The largest upload of the studio, in bytes. */
export const largestStudioUpload = 50_000_000;

/** `POST /studio/uploads`. */
export const studioUploadRequestSchema = z.strictObject({ contentType: studioUploadContentTypeSchema });
export type StudioUploadRequest = z.infer<typeof studioUploadRequestSchema>;

/** The 201 answer. Recipes name the upload by its id, which nobody can guess. */
export const studioUploadGrantSchema = z.object({ uploadId: z.ulid(), upload: presignedUploadSchema });
export type StudioUploadGrant = z.infer<typeof studioUploadGrantSchema>;

/** `POST /studio/inspect`. */
export const inspectRequestSchema = z.strictObject({ upload: z.ulid() });

/** What an upload is. Lengths in pixels, upright; times in milliseconds. */
export const inspectionSchema = z.object({
  upload: z.ulid(),
  kind: z.enum(['still', 'animation', 'movie']),
  contentType: z.string(),
  bytes: z.int(),
  width: z.int(),
  height: z.int(),
  durationMs: z.number(),
  /** Frames; 1 of a still. */
  frames: z.int(),
  /** Each frame's own delay; empty for a still. */
  delaysMs: z.array(z.number()),
  hasTransparency: z.boolean(),
  /** The codec of its sound; absent without sound. */
  audio: z.string().optional(),
  /** As the file says, for people. */
  colour: z.string(),
});
export type Inspection = z.infer<typeof inspectionSchema>;
