import type { KeyObject } from 'node:crypto';
import type { ServiceAudit } from '../../../contracts/service-audit.ts';
import { chainStart, headOf } from '../chain.ts';
import type { ChainHead } from '../ports.ts';
import { type AuditPosition, encodePosition } from './audit-position.ts';
import type { ArchiveLine, StatementReader } from './ports.ts';
import { noStatement, statementDigest } from './statement.ts';
import { readLine } from './verify-chain.ts';
import { readStatement } from './verify-heads.ts';

export interface AuditDeps {
  /** A service's chain from a place on, as it lies in the archive. */
  readonly lines: (service: string, fromPlace: number) => AsyncIterable<ArchiveLine>;
  readonly statements: StatementReader;
  readonly key: KeyObject;
  /** The name of the key. */
  readonly signingKey: string;
  /** Whether it is time to answer with what there is. */
  readonly isTimeUp: () => boolean;
}

/** Where every audit begins. */
const beginning: AuditPosition = {
  statements: 0,
  digest: noStatement,
  chain: chainStart,
  signed: undefined,
};

type Problem = NonNullable<ServiceAudit['problem']>;

/**
 * Verifies a service's chain and what was signed of it, side by side from the beginning on: statements in the order in which they were signed, and the records up to where
 * each says that the chain ended. Stops when time is up, and goes on from `position`; whoever makes a position up deceives nobody else.
 */
export async function auditService(
  { lines, statements, key, signingKey, isTimeUp }: AuditDeps,
  service: string,
  position: AuditPosition = beginning,
): Promise<ServiceAudit> {
  const newest = await statements.newest();
  const walkFrom = (head: ChainHead): ChainWalk => new ChainWalk(service, head, lines, isTimeUp);
  let walk = walkFrom(position.chain);
  let { statements: verified, digest, signed } = position;
  const answer = (state: ServiceAudit['state'], problem?: Problem): ServiceAudit => ({
    service,
    state,
    records: walk.head.sequence,
    statements: { verified, of: Math.max(newest, verified) },
    ...(signed === undefined ? {} : { signed: { place: signed.place, at: signed.at } }),
    signingKey,
    ...(problem === undefined ? {} : { problem }),
    ...(state === 'going-on'
      ? { cursor: encodePosition({ statements: verified, digest, chain: walk.head, signed }) }
      : {}),
  });
  try {
    for await (const stored of verified < newest ? statements.from(verified + 1) : []) {
      const statement = readStatement(stored, { number: verified + 1, previous: digest, key });
      if (typeof statement === 'string') {
        return answer('broken', { reason: statement });
      }
      const said = statement.heads.find((each) => each.service === service);
      if (said !== undefined) {
        if (signed !== undefined && said.sequence < signed.place) {
          return answer('broken', {
            place: said.sequence + 1,
            reason: `it was signed, and later it was signed that the chain ended at number ${said.sequence}`,
          });
        }
        if (said.sequence < walk.head.sequence) {
          // It was signed while what was not signed yet was looked at.
          await walk.leave();
          walk = walkFrom(signed === undefined ? chainStart : { sequence: signed.place, hash: signed.hash });
        }
        const problem = await walk.to(said, signed);
        if (problem !== undefined) {
          return answer('broken', problem);
        }
        if (walk.head.sequence < said.sequence) {
          return answer('going-on');
        }
        signed = { place: said.sequence, hash: said.hash, at: statement.at };
      }
      verified = statement.number;
      digest = statementDigest(statement);
      if (isTimeUp()) {
        return answer('going-on');
      }
    }
    const problem = await walk.toItsEnd();
    return problem === undefined ? answer(walk.isAtEnd ? 'whole' : 'going-on') : answer('broken', problem);
  } finally {
    await walk.leave();
  }
}

/** Goes along a chain record by record, while each fits behind the one before it. */
class ChainWalk {
  head: ChainHead;
  isAtEnd = false;
  readonly #service: string;
  readonly #read: () => AsyncIterator<ArchiveLine>;
  readonly #isTimeUp: () => boolean;
  #lines: AsyncIterator<ArchiveLine> | undefined;

  constructor(service: string, from: ChainHead, lines: AuditDeps['lines'], isTimeUp: () => boolean) {
    this.#service = service;
    this.head = from;
    this.#read = () => lines(service, from.sequence + 1)[Symbol.asyncIterator]();
    this.#isTimeUp = isTimeUp;
  }

  /** Goes to where a statement says that the chain ended, unless time is up before. */
  async to(said: ChainHead, signedBefore: AuditPosition['signed']): Promise<Problem | undefined> {
    while (this.head.sequence < said.sequence) {
      if (this.#isTimeUp()) {
        return undefined;
      }
      const problem = await this.#step();
      if (problem !== undefined) {
        return problem;
      }
      if (this.isAtEnd) {
        return {
          place: this.head.sequence + 1,
          reason: `the chain ends before it, and was signed up to number ${said.sequence}`,
        };
      }
    }
    return this.head.hash === said.hash
      ? undefined
      : {
          place: (signedBefore?.place ?? 0) + 1,
          reason: `it, or one behind it up to number ${said.sequence}, is another than was there when number ${said.sequence} was signed`,
        };
  }

  /** To the last record that there is, unless time is up before. */
  async toItsEnd(): Promise<Problem | undefined> {
    while (!this.isAtEnd && !this.#isTimeUp()) {
      const problem = await this.#step();
      if (problem !== undefined) {
        return problem;
      }
    }
    return undefined;
  }

  async leave(): Promise<void> {
    await this.#lines?.return?.();
  }

  async #step(): Promise<Problem | undefined> {
    this.#lines ??= this.#read();
    const { done, value: line } = await this.#lines.next();
    if (done === true) {
      this.isAtEnd = true;
      return undefined;
    }
    const record = readLine(this.#service, this.head, line);
    if (typeof record === 'string') {
      return { place: line.place, object: line.key, reason: record };
    }
    this.head = headOf(record);
    return undefined;
  }
}
