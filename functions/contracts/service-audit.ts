import * as z from 'zod';

/** `GET /deployments/services/{id}/audit`: how far a service's chain of records has been verified, from its beginning. */
export const serviceAudit = z.object({
  service: z.string(),
  /** Going on: ask again with `?after=<cursor>`. Broken: what comes behind the problem was not looked at. */
  state: z.enum(['going-on', 'whole', 'broken']),
  /** How many records fit so far. */
  records: z.int().nonnegative(),
  /** Statements of where chains end, each signed: how many were verified so far, and how many there are. */
  statements: z.object({ verified: z.int().nonnegative(), of: z.int().nonnegative() }),
  /** The last record that was signed of those that fit, and when; absent when none was. */
  signed: z.object({ place: z.int().positive(), at: z.iso.datetime() }).optional(),
  /** The ARN of the key that the signatures are of. */
  signingKey: z.string(),
  /** What does not fit. */
  problem: z
    .object({
      /** The record's place in the chain; absent when it is not a record. */
      place: z.int().positive().optional(),
      /** Where it lies. */
      object: z.string().optional(),
      reason: z.string(),
    })
    .optional(),
  cursor: z.string().optional(),
});
export type ServiceAudit = z.infer<typeof serviceAudit>;
