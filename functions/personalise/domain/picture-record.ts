import * as z from 'zod';
import { resultSchema } from '../../contracts/job.ts';

/** `pictures/<key>.json` in the results bucket: a finished picture and the jobs that share it. Written after its variants: its presence is their commit. */
export const pictureRecordSchema = z.object({
  key: z.string().regex(/^[0-9a-f]{64}$/u),
  /** The job whose folder holds the files. */
  renderedBy: z.ulid(),
  results: z.array(resultSchema),
  /** Nobody left: the files are being deleted, and the record may be replaced. */
  jobs: z.array(z.ulid()),
});
export type PictureRecord = z.infer<typeof pictureRecordSchema>;
