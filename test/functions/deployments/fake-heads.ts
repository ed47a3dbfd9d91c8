import { generateKeyPairSync, sign } from 'node:crypto';
import type { SignedHeads } from '../../../functions/contracts/signed-heads.ts';
import type { HeadSigner, HeadStore } from '../../../functions/deployments/domain/audit/ports.ts';
import { signHeads } from '../../../functions/deployments/domain/audit/sign-heads.ts';
import type { SignedStatements } from '../../../functions/deployments/domain/packs/ports.ts';
import type { FakeWorld } from './fakes.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');

/** Signed heads in memory, and a key of their own. */
export class FakeHeads {
  readonly publicKey = publicKey;
  readonly signer: HeadSigner = {
    sign: async (message) => ({ signature: sign(null, message, privateKey), key: 'arn:key' }),
  };
  stored: SignedHeads[] = [];
  /** Called before and after every statement that is kept; a test throws from it to crash there. */
  trip: (effect: string) => void = () => undefined;
  now = Date.parse('2026-06-01T13:00:00Z');

  readonly store: HeadStore & SignedStatements = {
    last: async () => this.stored.at(-1),
    create: async (heads) => {
      this.trip('before statement');
      if (this.stored.some(({ statement }) => statement.number === heads.statement.number)) {
        return false;
      }
      this.stored.push(heads);
      this.trip('after statement');
      return true;
    },
    read: () => each(this.stored),
    from: (number) => each(this.stored.filter(({ statement }) => statement.number >= number)),
  };

  /** Signs where the world's chains end that have grown. */
  async sign(world: FakeWorld): Promise<number> {
    return signHeads({
      archive: world.archive,
      unsigned: world.list(world.unsigned),
      signer: this.signer,
      store: this.store,
      clock: () => (this.now += 3_600_000),
    });
  }
}

export async function* each<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}
