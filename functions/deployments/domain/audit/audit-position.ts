import * as z from 'zod';
import { parseJson } from '../../../kernel/parse-json.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/u);

const positionSchema = z.strictObject({
  /** The number of the last statement that was verified; 0 before the first. */
  statements: z.int().nonnegative(),
  /** Of that statement. */
  digest,
  /** The last record that fits. */
  chain: z.strictObject({ sequence: z.int().nonnegative(), hash: digest }),
  /** The last one that was signed. */
  signed: z.strictObject({ place: z.int().positive(), hash: digest, at: z.iso.datetime() }).optional(),
});

/** How far an audit of a service has come. */
export type AuditPosition = z.infer<typeof positionSchema>;

export const encodePosition = (position: AuditPosition): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** Undefined for what no audit has answered. */
export const decodePosition = (cursor: string): AuditPosition | undefined =>
  positionSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8'))).data;
