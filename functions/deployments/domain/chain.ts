import { hash as digest } from 'node:crypto';
import type { ArchivedEvent, DeploymentEvent } from '../../contracts/deployment-event.ts';
import { canonicalJson } from './canonical-json.ts';
import type { ChainHead } from './ports.ts';

/** Where every chain begins. */
export const chainStart: ChainHead = { sequence: 0, hash: '0'.repeat(64) };

/** The record that an event becomes behind `after`. */
export function linkTo(after: ChainHead, event: DeploymentEvent): ArchivedEvent {
  const linked = { ...event, sequence: after.sequence + 1, previous: after.hash };
  return { ...linked, hash: hashOf(linked) };
}

export const headOf = ({ sequence, hash }: ArchivedEvent): ChainHead => ({ sequence, hash });

/** Why a record does not fit behind `after`, in words; undefined when it does. */
export function misfit(after: ChainHead, record: ArchivedEvent): string | undefined {
  if (record.sequence !== after.sequence + 1) {
    return `it is number ${record.sequence}, where number ${after.sequence + 1} is due`;
  }
  if (record.previous !== after.hash) {
    return `it names ${short(record.previous)} as its predecessor’s hash, which is ${short(after.hash)}`;
  }
  const { hash, ...rest } = record;
  const actual = hashOf(rest);
  return hash === actual ? undefined : `its hash is ${short(hash)}, and what it says gives ${short(actual)}`;
}

/** SHA-256 of `previous` and the canonical JSON of all but the hash itself. */
const hashOf = ({ previous, ...rest }: Omit<ArchivedEvent, 'hash'>): string =>
  digest('sha256', `${previous}${canonicalJson(rest)}`);

const short = (hash: string): string => `${hash.slice(0, 12)}…`;

/** Somebody else has appended to the chain since its head was read. */
export class ChainMoved extends Error {
  override readonly name = 'ChainMoved';

  constructor(service: string, sequence: number, options?: ErrorOptions) {
    super(`The chain of ${service} has a record ${sequence} already.`, options);
  }
}
