import { archivedEvent } from '../../../contracts/deployment-event.ts';
import { parseJson } from '../../../kernel/parse-json.ts';
import { chainStart, headOf, misfit } from '../chain.ts';
import type { ChainHead } from '../ports.ts';
import type { PackStore } from './ports.ts';

/** Fewer records wait for more: reading them one by one costs less than a pack for them. */
export const fewestInPack = 50;
/** More than that is more than one pack, so that who reads many at once needs little memory. */
export const mostInPack = { records: 1000, characters: 2 ** 20 } as const;

/** What is signed does not lie in the archive as it was signed: it is not packed. */
class ChainBroken extends Error {
  override readonly name = 'ChainBroken';
}

/**
 * Packs a service's chain from where its packs end to a signed head. Every record must fit behind the one before it. What is too little for a pack of its own waits
 * for what is signed next; whoever breaks off goes on from the last pack.
 *
 * @returns how many records were packed, and whether nothing is left to do
 * @throws when the chain is not what was signed
 */
export async function packChain(
  packs: PackStore,
  service: string,
  signed: ChainHead,
  hasTime: () => boolean,
): Promise<{ readonly records: number; readonly isDone: boolean }> {
  const end = await packs.end(service);
  if (signed.sequence - end < fewestInPack) {
    return { records: 0, isDone: true };
  }
  // The last one that is packed tells behind what the next one must fit.
  let head: ChainHead | undefined = end === 0 ? chainStart : undefined;
  let packed = end;
  let waiting: string[] = [];
  let characters = 0;
  const pack = async (): Promise<void> => {
    await packs.create(service, packed + 1, waiting);
    packed += waiting.length;
    waiting = [];
    characters = 0;
  };
  const broken = (place: number, reason: string): ChainBroken =>
    new ChainBroken(`${service}: record ${place} does not fit: ${reason}.`);
  for await (const { place, text } of packs.lines(service, Math.max(1, end))) {
    if (place > signed.sequence) {
      break;
    }
    const parsed = archivedEvent.safeParse(parseJson(text));
    if (!parsed.success) {
      throw broken(place, 'it is not of the shape of a record');
    }
    const record = parsed.data;
    if (head === undefined) {
      if (record.sequence !== end || place !== end) {
        throw broken(end, 'it is not in its place');
      }
      head = headOf(record);
      continue;
    }
    const reason = place === record.sequence ? misfit(head, record) : 'it is not in its place';
    if (reason !== undefined) {
      throw broken(place, reason);
    }
    head = headOf(record);
    if (place === signed.sequence && head.hash !== signed.hash) {
      throw broken(place, 'another record was signed in its place');
    }
    const isFull = waiting.length === mostInPack.records || characters + text.length > mostInPack.characters;
    if (waiting.length > 0 && isFull) {
      await pack();
      if (!hasTime()) {
        return { records: packed - end, isDone: false };
      }
    }
    waiting.push(text);
    characters += text.length;
  }
  const last = head?.sequence ?? end - 1;
  if (last < signed.sequence) {
    throw broken(last + 1, `the chain ends before it, and was signed up to ${signed.sequence}`);
  }
  if (waiting.length >= fewestInPack) {
    await pack();
  }
  return { records: packed - end, isDone: true };
}
