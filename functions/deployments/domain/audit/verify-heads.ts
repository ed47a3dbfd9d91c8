import { type KeyObject, verify } from 'node:crypto';
import { type HeadsStatement, signedHeads } from '../../../contracts/signed-heads.ts';
import { noStatement, signedMessage, statementDigest } from './statement.ts';

/** Which hash a service's record has, by its place, as was signed. */
export type SignedPlaces = ReadonlyMap<string, ReadonlyMap<number, string>>;

export interface VerifiedHeads {
  readonly places: SignedPlaces;
  readonly statements: number;
  /** ISO 8601 UTC, of the newest; undefined of none. */
  readonly newestAt: string | undefined;
  /** What does not fit, in words; what comes after it was not believed. */
  readonly problem: string | undefined;
}

/** Checks signed heads, the oldest first: each is signed with the key, and names the one before it. */
export async function verifyHeads(stored: AsyncIterable<unknown>, key: KeyObject): Promise<VerifiedHeads> {
  const places = new Map<string, Map<number, string>>();
  let statements = 0;
  let newestAt: string | undefined;
  let previous = noStatement;
  const result = (problem?: string): VerifiedHeads => ({ places, statements, newestAt, problem });
  for await (const value of stored) {
    const statement = readStatement(value, { number: statements + 1, previous, key });
    if (typeof statement === 'string') {
      return result(statement);
    }
    for (const { service, sequence, hash } of statement.heads) {
      places.set(service, (places.get(service) ?? new Map<number, string>()).set(sequence, hash));
    }
    statements = statement.number;
    newestAt = statement.at;
    previous = statementDigest(statement);
  }
  return result();
}

/**
 * A statement as it was signed, when it is the one that is due; else what is wrong with it, in words.
 *
 * @param due.previous the digest of the one before it
 */
export function readStatement(
  stored: unknown,
  due: { readonly number: number; readonly previous: string; readonly key: KeyObject },
): HeadsStatement | string {
  if (stored === undefined) {
    return `Signed heads number ${due.number} are missing.`;
  }
  const parsed = signedHeads.safeParse(stored);
  if (!parsed.success) {
    return `Signed heads number ${due.number} are not of their shape.`;
  }
  const { statement, signature } = parsed.data;
  if (statement.number !== due.number) {
    return `Signed heads number ${due.number} are missing: number ${statement.number} comes in their place.`;
  }
  if (statement.previous !== due.previous) {
    return `Signed heads number ${due.number} do not name those before them.`;
  }
  return verify(null, signedMessage(statement), due.key, Buffer.from(signature, 'base64'))
    ? statement
    : `The signature of signed heads number ${due.number} is not of the key.`;
}
