import type { HeadsStatement } from '../../../contracts/signed-heads.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Archive, ToDoList } from '../ports.ts';
import type { HeadSigner, HeadStore } from './ports.ts';
import { noStatement, signedMessage, statementDigest } from './statement.ts';

export interface SignHeadsDeps {
  readonly archive: Pick<Archive, 'head'>;
  readonly unsigned: ToDoList;
  readonly signer: HeadSigner;
  readonly store: HeadStore;
  readonly clock: Clock;
}

/** Chains whose ends are looked for at the same time. */
const atOnce = 16;

/**
 * Signs where the chains end that have grown since they were last signed. Whatever is broken off is done again: an entry is struck off when its head is signed.
 *
 * @returns how many heads were signed
 */
export async function signHeads({ archive, unsigned, signer, store, clock }: SignHeadsDeps): Promise<number> {
  const entries = await unsigned.entries();
  const heads: HeadsStatement['heads'] = [];
  for (let from = 0; from < entries.length; from += atOnce) {
    const found = await Promise.all(
      entries.slice(from, from + atOnce).map(async ({ service }) => {
        const { sequence, hash } = await archive.head(service);
        return { service, sequence, hash };
      }),
    );
    // Noted by who then could not write.
    heads.push(...found.filter(({ sequence }) => sequence > 0));
  }
  if (heads.length > 0) {
    const last = await store.last();
    const statement: HeadsStatement = {
      number: (last?.statement.number ?? 0) + 1,
      at: new Date(clock()).toISOString(),
      previous: last === undefined ? noStatement : statementDigest(last.statement),
      heads: heads.toSorted((a, b) => (a.service < b.service ? -1 : 1)),
    };
    const { signature, key } = await signer.sign(signedMessage(statement));
    const isFirst = await store.create({
      statement,
      signature: Buffer.from(signature).toString('base64'),
      key,
    });
    if (!isFirst) {
      throw new Error(`Somebody else has signed heads number ${statement.number}.`);
    }
  }
  await Promise.all(entries.map((entry) => entry.done()));
  return heads.length;
}
