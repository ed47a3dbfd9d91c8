import * as z from 'zod';
import {
  failureSchema,
  isTerminal,
  type Job,
  jobSchema,
  jobStates,
  type JobState,
  resultSchema,
} from '../../contracts/job.ts';

/** `jobs/<id>.json` in the results bucket: the truth about a job. Times are epoch milliseconds. */
export const jobRecordSchema = z.object({
  id: z.ulid(),
  campaign: z.string(),
  campaignVersion: z.string(),
  state: z.enum(jobStates),
  times: z.object({
    'awaiting-upload': z.int(),
    accepted: z.int().optional(),
    rendering: z.int().optional(),
    done: z.int().optional(),
    failed: z.int().optional(),
  }),
  uploadExpiresAt: z.int(),
  slots: z.record(z.string(), z.string()),
  limits: z.object({ maxBytes: z.int(), maxPixels: z.int(), minPixelsPerSide: z.int() }),
  pictureKey: z.string().optional(),
  results: z.array(resultSchema).optional(),
  failure: failureSchema.optional(),
  /** Set when a person asked for erasure; what they wrote is gone from the record, and the job no longer exists for readers. */
  erasedAt: z.int().optional(),
});
export type JobRecord = z.infer<typeof jobRecordSchema>;

/** What may happen to a job, with what it brings along. */
export type JobChange =
  | { readonly to: 'accepted' }
  | { readonly to: 'rendering'; readonly pictureKey: string }
  | { readonly to: 'done'; readonly pictureKey: string; readonly results: NonNullable<Job['results']> }
  | { readonly to: 'failed'; readonly failure: NonNullable<Job['failure']> };

export const rank = (state: JobState): number => Math.min(jobStates.indexOf(state), 3);

/** The job after `change`, or undefined when the job is past it already (a repeated or late event) or erased. */
export function advance(record: JobRecord, change: JobChange, now: number): JobRecord | undefined {
  if (record.erasedAt !== undefined || isTerminal(record.state) || rank(change.to) <= rank(record.state)) {
    return undefined;
  }
  const { to, ...brought } = change;
  return {
    ...record,
    ...brought,
    state: to,
    // A slow clock on another machine must not make a job's times run backwards.
    times: { ...record.times, [to]: Math.max(now, ...Object.values(record.times)) },
  };
}

/** The record of an erased job: enough to recognise late events, nothing that a person gave. */
export function erase(record: JobRecord, now: number): JobRecord {
  const { results: _results, failure: _failure, ...kept } = record;
  return { ...kept, slots: {}, erasedAt: record.erasedAt ?? now };
}

const iso = (epochMs: number | undefined): string | undefined =>
  epochMs === undefined ? undefined : new Date(epochMs).toISOString();

/** The job as clients see it. */
export function toJob(record: JobRecord): Job {
  return jobSchema.parse({
    id: record.id,
    self: `/personalise/jobs/${record.id}`,
    campaign: record.campaign,
    campaignVersion: record.campaignVersion,
    state: record.state,
    times: Object.fromEntries(
      jobStates.flatMap((state) =>
        record.times[state] === undefined ? [] : [[state, iso(record.times[state])]],
      ),
    ),
    uploadExpiresAt: iso(record.uploadExpiresAt),
    results: record.results,
    failure: record.failure,
  });
}
