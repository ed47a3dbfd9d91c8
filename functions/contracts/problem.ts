import * as z from 'zod';

/**
 * The body of every HTTP error: problem details as in RFC 9457, sent as `application/problem+json`.
 * `type` is a stable, relative reference (`/problems/<code>`); clients decide on it, people read `detail`.
 */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  /** What was wrong, field by field, when the request's shape was the problem. */
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});

export type Problem = z.infer<typeof problemSchema>;

export const problemContentType = 'application/problem+json';
