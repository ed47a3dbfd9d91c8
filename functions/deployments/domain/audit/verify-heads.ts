import { type KeyObject, verify } from 'node:crypto';
import { signedHeads } from '../../../contracts/signed-heads.ts';
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
    const due = statements + 1;
    const parsed = signedHeads.safeParse(value);
    if (!parsed.success) {
      return result(`Signed heads number ${due} are not of their shape.`);
    }
    const { statement, signature } = parsed.data;
    if (statement.number !== due) {
      return result(
        `Signed heads number ${due} are missing: number ${statement.number} comes in their place.`,
      );
    }
    if (statement.previous !== previous) {
      return result(`Signed heads number ${due} do not name those before them.`);
    }
    if (!verify(null, signedMessage(statement), key, Buffer.from(signature, 'base64'))) {
      return result(`The signature of signed heads number ${due} is not of the key.`);
    }
    for (const { service, sequence, hash } of statement.heads) {
      places.set(service, (places.get(service) ?? new Map<number, string>()).set(sequence, hash));
    }
    statements = due;
    newestAt = statement.at;
    previous = statementDigest(statement);
  }
  return result();
}
