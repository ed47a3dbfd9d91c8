import * as z from 'zod';
import { outputFormatSchema } from './picture-type.ts';

/**
 * A job goes forward only: awaiting-upload → accepted → rendering → done | failed.
 * A refused upload goes from awaiting-upload to failed; nothing leaves done or failed.
 */
export const jobStates = ['awaiting-upload', 'accepted', 'rendering', 'done', 'failed'] as const;
export const jobStateSchema = z.enum(jobStates);
export type JobState = z.infer<typeof jobStateSchema>;

/** Why a job failed: stable codes, one for each sentence that people are shown. */
export const failureCodes = [
  'empty-upload',
  'upload-too-large',
  'not-a-picture',
  'unsupported-picture',
  'too-many-pixels',
  'too-few-pixels',
  'damaged-picture',
  'upload-missing',
  'text-does-not-fit',
] as const;
export const failureSchema = z.object({ code: z.enum(failureCodes), message: z.string() });
export type Failure = z.infer<typeof failureSchema>;

export const resultSchema = z.object({
  variant: z.string(),
  /** Root-relative: resolve it against the address of the site. Immutable. */
  url: z.string(),
  width: z.int(),
  height: z.int(),
  format: outputFormatSchema,
  bytes: z.int(),
});
export type Result = z.infer<typeof resultSchema>;

const instant = z.iso.datetime();

/** `GET /personalise/jobs/{id}`. Times are ISO 8601 UTC, one for each state that the job has reached. */
export const jobSchema = z.object({
  id: z.ulid(),
  /** Root-relative address of this job. */
  self: z.string(),
  campaign: z.string(),
  campaignVersion: z.string(),
  state: jobStateSchema,
  times: z.object({
    'awaiting-upload': instant,
    accepted: instant.optional(),
    rendering: instant.optional(),
    done: instant.optional(),
    failed: instant.optional(),
  }),
  /** Until when the upload's policy is valid. */
  uploadExpiresAt: instant,
  /** Present when done, in the order of the campaign's variants. */
  results: z.array(resultSchema).optional(),
  /** Present when failed. */
  failure: failureSchema.optional(),
});
export type Job = z.infer<typeof jobSchema>;

export const isTerminal = (state: JobState): boolean => state === 'done' || state === 'failed';
