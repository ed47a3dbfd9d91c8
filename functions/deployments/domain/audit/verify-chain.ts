import { archivedEvent, type ArchivedEvent } from '../../../contracts/deployment-event.ts';
import { parseJson } from '../../../kernel/parse-json.ts';
import { canonicalJson } from '../canonical-json.ts';
import { chainStart, headOf, misfit } from '../chain.ts';
import type { ChainHead } from '../ports.ts';
import type { ArchiveLine } from './ports.ts';

/** What of a chain is looked at, by the moment at which we received it, in epoch milliseconds. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface VerifiedChain {
  /** Records that were checked. */
  readonly records: number;
  /** Records behind the last signed head. */
  readonly unsigned: number;
  readonly problem: ChainProblem | undefined;
}

/** The first record that does not fit. */
export interface ChainProblem {
  readonly service: string;
  /** Its place in the chain. */
  readonly place: number;
  /** Where it lies; undefined where nothing does. */
  readonly key: string | undefined;
  readonly reason: string;
}

/**
 * Walks a chain as it lies in the archive, from its beginning: each record fits behind the one before it, says what its hash says, and is what was signed.
 *
 * @param signed hashes by place, as were signed
 */
export async function verifyChain(
  service: string,
  lines: AsyncIterable<ArchiveLine>,
  signed: ReadonlyMap<number, string>,
  span: Span,
): Promise<VerifiedChain> {
  const lastSigned = Math.max(0, ...signed.keys());
  let head: ChainHead = chainStart;
  let records = 0;
  const result = (problem?: Omit<ChainProblem, 'service'>): VerifiedChain => ({
    records,
    unsigned: Math.max(0, head.sequence - lastSigned),
    problem: problem === undefined ? undefined : { service, ...problem },
  });
  for await (const { key, place, text } of lines) {
    const wrong = (reason: string): VerifiedChain => result({ place, key, reason });
    const parsed = parseLine(text);
    if (parsed === undefined) {
      return wrong(notOfTheShape);
    }
    const { record } = parsed;
    const receivedMs = Date.parse(record.received.at);
    if (receivedMs > span.toMs) {
      return result();
    }
    if (receivedMs >= span.fromMs) {
      const reason = wrongWith(service, head, parsed, place);
      if (reason !== undefined) {
        return wrong(reason);
      }
      records += 1;
    }
    const was = signed.get(record.sequence);
    if (was !== undefined && was !== record.hash) {
      return wrong('another record was signed in its place');
    }
    head = headOf(record);
  }
  return head.sequence < lastSigned
    ? result({
        place: head.sequence + 1,
        key: undefined,
        reason: `the chain ends before it, and was signed up to number ${lastSigned}`,
      })
    : result();
}

/** The record of a line, when it fits behind `head`; else what is wrong with it, in words. */
export function readLine(
  service: string,
  head: ChainHead,
  { place, text }: ArchiveLine,
): ArchivedEvent | string {
  const parsed = parseLine(text);
  return parsed === undefined ? notOfTheShape : (wrongWith(service, head, parsed, place) ?? parsed.record);
}

const notOfTheShape = 'it is not of the shape of a record';

interface ParsedLine {
  readonly record: ArchivedEvent;
  /** Whether there is more in the line than in the record: what its schema leaves out is in no hash. */
  readonly hasMore: boolean;
}

function parseLine(text: string): ParsedLine | undefined {
  const raw = parseJson(text);
  const { data: record } = archivedEvent.safeParse(raw);
  return record === undefined
    ? undefined
    : { record, hasMore: JSON.stringify(raw) !== text || canonicalJson(raw) !== canonicalJson(record) };
}

function wrongWith(
  service: string,
  head: ChainHead,
  { record, hasMore }: ParsedLine,
  place: number,
): string | undefined {
  if (place !== head.sequence + 1) {
    return `number ${head.sequence + 1} is missing`;
  }
  if (record.service !== service) {
    return `it is a record of ${record.service}`;
  }
  return misfit(head, record) ?? (hasMore ? 'it has more in it than a record has' : undefined);
}
