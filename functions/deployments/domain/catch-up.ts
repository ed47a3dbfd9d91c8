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
export async function catchUp(
  archive: Archive,
  projection: Projection,
  service: string,
  after: ChainHead,
): Promise<ChainHead> {
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
  for await (const record of archive.read(service, after.sequence + 1)) {
    waiting.push(record);
    if (waiting.length === portion) {
      await apply();
    }
  }
  await apply();
  return head;
}

/** Catches up for everybody who was left behind; the first failure ends it, and the rest stays on the list. */
export async function catchUpAll(
  archive: Archive,
  projection: Projection,
  behind: ToDoList,
): Promise<number> {
  const entries = await behind.entries();
  for (const entry of entries) {
    const { service } = entry;
    await catchUp(archive, projection, service, (await projection.head(service)) ?? chainStart);
    await entry.done();
  }
  return entries.length;
}
