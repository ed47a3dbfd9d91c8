import type { SignedHeads } from '../../../contracts/signed-heads.ts';

/** A key that never leaves its place. */
export interface HeadSigner {
  sign(message: Uint8Array): Promise<{ readonly signature: Uint8Array; readonly key: string }>;
}

/** Signed heads, kept apart from what they are about. */
export interface HeadStore {
  /** The newest. */
  last(): Promise<SignedHeads | undefined>;
  /** @returns false when there is one with its number already */
  create(heads: SignedHeads): Promise<boolean>;
  /** All of them, the oldest first, as they lie there. */
  read(): AsyncIterable<unknown>;
}

/** Signed heads by their number, as they lie there. */
export interface StatementReader {
  /** The number of the newest; 0 when there is none. */
  newest(): Promise<number>;
  /** From a number on to the newest; undefined in the place of one that is gone. */
  from(number: number): AsyncIterable<unknown>;
}

/** A line of the archive, as it lies there. */
export interface ArchiveLine {
  readonly key: string;
  /** The place in the chain that its object and its line in it stand for. */
  readonly place: number;
  readonly text: string;
}
