import type { SignedHeads } from '../../../contracts/signed-heads.ts';
import type { ArchiveLine } from '../audit/ports.ts';
import type { ChainHead } from '../ports.ts';

/** Records of one service that lie together once more, for who reads them all. */
export interface Pack {
  readonly key: string;
  /** Places in the chain. */
  readonly first: number;
  readonly last: number;
}

export interface PackStore {
  /** Up to which place packs have the service's chain without a gap; 0 when none has its first record. */
  end(service: string): Promise<number>;
  /** The chain itself from a place on, as it lies there. */
  lines(service: string, fromSequence: number): AsyncIterable<ArchiveLine>;
  /** Packs lines, of which the first is at the place `first`. One that is there already stays as it is. */
  create(service: string, first: number, lines: readonly string[]): Promise<void>;
}

export interface SignedStatements {
  /** Those from a number on that are there, the oldest first. */
  from(number: number): AsyncIterable<SignedHeads>;
}

/** How far packing has come. */
export interface PackingState {
  /** The number of the last signed statement that was looked at. */
  readonly statement: number;
  /** Where chains were signed that have not been looked at since. */
  readonly heads: readonly (ChainHead & { readonly service: string })[];
}

export interface PackingNotes {
  read(): Promise<PackingState | undefined>;
  /** @returns false when somebody else has written since they were read: theirs stay */
  write(state: PackingState): Promise<boolean>;
}
