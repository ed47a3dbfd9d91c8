import { createHash } from 'node:crypto';
import type { HeadsStatement } from '../../../contracts/signed-heads.ts';
import { canonicalJson } from '../canonical-json.ts';

/** SHA-256 of a statement's canonical JSON, in hex: what the next one names, and what is signed. */
export const statementDigest = (statement: HeadsStatement): string =>
  createHash('sha256').update(canonicalJson(statement)).digest('hex');

/** The bytes that are signed. */
export const signedMessage = (statement: HeadsStatement): Uint8Array =>
  Buffer.from(statementDigest(statement));

/** What the first statement names as the one before it. */
export const noStatement = '0'.repeat(64);
