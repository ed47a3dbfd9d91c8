import type { ArchivedEvent } from '../../contracts/deployment-event.ts';
import { chainStart, headOf } from './chain.ts';
import type { Archive, ChainHead, Projection, ToDoList } from './ports.ts';

/** Records that the projection takes at once: progress that a crash leaves behind. */
const portion = 100;

/**
 * Brings a service's projection to the end of its chain.
 *
 * @param after where the projection is
 * @returns where the chain ends
 */
export const catchUp = async (
  archive: Archive,
  projection: Projection,
  service: string,
  after: ChainHead,
): Promise<ChainHead> => (await catchUpWhile(() => true, archive, projection, service, after)).head;

/**
 * As `catchUp`, as long as there is time.
 *
 * @returns how far the projection is, and whether that is the end of the chain
 */
export async function catchUpWhile(
  hasTime: () => boolean,
  archive: Archive,
  projection: Projection,
  service: string,
  after: ChainHead,
): Promise<{ readonly head: ChainHead; readonly isAtEnd: boolean }> {
  let head = after;
  let waiting: ArchivedEvent[] = [];
  const apply = async (): Promise<void> => {
    const last = waiting.at(-1);
    if (last !== undefined) {
      await projection.apply(service, waiting);
      head = headOf(last);
      waiting = [];
    }
  };
  if (!hasTime()) {
    return { head, isAtEnd: false };
  }
  for await (const record of archive.read(service, after.sequence + 1)) {
    waiting.push(record);
    if (waiting.length === portion) {
      await apply();
      if (!hasTime()) {
        return { head, isAtEnd: false };
      }
    }
  }
  await apply();
  return { head, isAtEnd: true };
}

/**
 * Catches up for everybody who was left behind, as long as there is time. The first failure ends it; the rest stays on the list.
 *
 * @returns how many are at the end of their chains now
 */
export async function catchUpAll(
  archive: Archive,
  projection: Projection,
  behind: ToDoList,
  hasTime: () => boolean,
): Promise<number> {
  let done = 0;
  for (const entry of await behind.entries()) {
    const { service } = entry;
    const head = (await projection.head(service)) ?? chainStart;
    if (!(await catchUpWhile(hasTime, archive, projection, service, head)).isAtEnd) {
      break;
    }
    await entry.done();
    done += 1;
  }
  return done;
}
