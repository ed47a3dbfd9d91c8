import * as z from 'zod';

/** SHA-256 in hex. */
const digest = z.string().regex(/^[0-9a-f]{64}$/u);

const statement = z.strictObject({
  /** 1 is the first that was ever signed. */
  number: z.int().positive(),
  /** ISO 8601 UTC. */
  at: z.iso.datetime(),
  /** SHA-256 of the canonical JSON of the statement before it; 64 zeros before the first. */
  previous: digest,
  /** Where chains ended that had grown. */
  heads: z.array(z.strictObject({ service: z.string(), sequence: z.int().positive(), hash: digest })).min(1),
});
/** Where chains of the archive ended at a moment. */
export type HeadsStatement = z.infer<typeof statement>;

/** A statement with its signature: Ed25519 over the hex digits of the SHA-256 of its canonical JSON. */
export const signedHeads = z.strictObject({
  statement,
  signature: z.base64(),
  /** The ARN of the key. */
  key: z.string().min(1),
});
export type SignedHeads = z.infer<typeof signedHeads>;
