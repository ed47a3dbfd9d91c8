import { packChain } from './pack-chain.ts';
import type { PackingNotes, PackingState, PackStore, SignedStatements } from './ports.ts';

export interface PackChainsDeps {
  readonly statements: SignedStatements;
  readonly packs: PackStore;
  readonly notes: PackingNotes;
  /** Whether there is time for more; what is left is done next time. */
  readonly hasTime: () => boolean;
}

/** Chains that are packed at the same time. */
const atOnce = 8;

/**
 * Packs what lies behind signed heads, of every chain that has grown since it was last looked at. Whatever is broken off, repeated or done by two at once ends the same:
 * packs follow one another, and are never written over.
 *
 * @returns how many records were packed
 * @throws AggregateError when chains could not be packed, after all others were; they stay noted
 */
export async function packChains({ statements, packs, notes, hasTime }: PackChainsDeps): Promise<number> {
  const noted = (await notes.read()) ?? { statement: 0, heads: [] };
  const heads = new Map(noted.heads.map((head) => [head.service, head]));
  let { statement } = noted;
  for await (const signed of statements.from(noted.statement + 1)) {
    for (const head of signed.statement.heads) {
      heads.set(head.service, head);
    }
    ({ number: statement } = signed.statement);
    if (!hasTime()) {
      break;
    }
  }
  const state = (): PackingState => ({ statement, heads: [...heads.values()] });
  if (statement > noted.statement) {
    await notes.write(state());
  }
  const failures: unknown[] = [];
  let records = 0;
  const waiting = [...heads.values()].values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const head of waiting) {
        if (!hasTime()) {
          return;
        }
        try {
          const packed = await packChain(packs, head.service, head, hasTime);
          records += packed.records;
          if (packed.isDone) {
            heads.delete(head.service);
          }
        } catch (error) {
          failures.push(error);
        }
      }
    }),
  );
  await notes.write(state());
  if (failures.length > 0) {
    throw new AggregateError(
      failures,
      `${failures.length} chains could not be packed, the first for this: ${String(failures[0])}`,
    );
  }
  return records;
}
