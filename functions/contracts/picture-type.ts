import * as z from 'zod';

/** Media types a person may upload as a photo. */
export const uploadContentTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/avif',
  'image/gif',
] as const;

export const uploadContentTypeSchema = z.enum(uploadContentTypes);
export type UploadContentType = z.infer<typeof uploadContentTypeSchema>;

/** The same list in the words used for people. */
export const acceptedPicturesInWords = 'JPEG, PNG, WebP, AVIF or GIF';

export const outputFormats = ['jpeg', 'png', 'webp', 'avif'] as const;
export const outputFormatSchema = z.enum(outputFormats);
export type OutputFormat = z.infer<typeof outputFormatSchema>;
