import type { Clock } from '../../kernel/clock.ts';
import { listKeys } from '../../kernel/s3-client.ts';
import { deleteObject, putObject } from '../../kernel/s3.ts';
import type { ToDoList } from '../domain/ports.ts';

/** Notes of one slot are entries when it is over and whoever noted in it has ended. */
const slotMs = 5 * 60_000;
const settleMs = 3 * 60_000;

/**
 * A list of services as empty objects below `<prefix><slot>/`. Within a slot an execution environment notes a service once, however many events it has.
 *
 * @param prefix ends in a slash
 */
export function createToDoList(bucket: string, prefix: string, clock: Clock): ToDoList {
  let noted: { slot: number; services: Set<string> } = { slot: 0, services: new Set() };
  const slotOf = (time: number): number => Math.floor(time / slotMs);
  return {
    note: async (service) => {
      const slot = slotOf(clock());
      if (noted.slot !== slot) {
        noted = { slot, services: new Set() };
      }
      const { services } = noted;
      if (!services.has(service)) {
        await putObject(
          bucket,
          `${prefix}${slotName(slot)}/${encodeURIComponent(service)}`,
          new Uint8Array(),
        );
        services.add(service);
      }
    },
    entries: async () => {
      const keysOf = new Map<string, string[]>();
      for await (const key of listKeys(bucket, prefix)) {
        const [slot = '', name = ''] = key.slice(prefix.length).split('/');
        if (Date.parse(slot) + slotMs + settleMs <= clock()) {
          const service = decodeURIComponent(name);
          keysOf.set(service, [...(keysOf.get(service) ?? []), key]);
        }
      }
      return [...keysOf].map(([service, keys]) => ({
        service,
        done: async () => void (await Promise.all(keys.map((key) => deleteObject(bucket, key)))),
      }));
    },
  };
}

/** When the slot began, to be read in a list of keys: `2026-06-01T12:05:00.000Z`. */
const slotName = (slot: number): string => new Date(slot * slotMs).toISOString();
