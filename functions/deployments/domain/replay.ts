import type { ArchivedEvent } from '../../contracts/deployment-event.ts';
import { catchUp } from './catch-up.ts';
import { chainStart } from './chain.ts';
import type { Archive, Projection } from './ports.ts';

/** Services replayed at the same time: while one is read, others are worked out and written. */
const atOnce = 8;

export interface Replayed {
  readonly services: number;
  readonly records: number;
}

/**
 * Makes the projection of what is in the archive; goes on where the projection is.
 *
 * @param services which ones
 * @param onProgress told now and then how much is done
 */
export async function replay(
  archive: Archive,
  projection: Projection,
  services: AsyncIterable<string> | Iterable<string>,
  onProgress: (done: Replayed) => void,
): Promise<Replayed> {
  let done: Replayed = { services: 0, records: 0 };
  const counted: Projection = {
    head: (service) => projection.head(service),
    look: (service, identities) => projection.look(service, identities),
    apply: async (service: string, records: readonly ArchivedEvent[]) => {
      await projection.apply(service, records);
      done = { ...done, records: done.records + records.length };
      onProgress(done);
    },
  };
  const names = (async function* () {
    yield* services;
  })();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (;;) {
        const next = await names.next();
        if (next.done === true) {
          return;
        }
        await catchUp(archive, counted, next.value, (await projection.head(next.value)) ?? chainStart);
        done = { ...done, services: done.services + 1 };
        onProgress(done);
      }
    }),
  );
  return done;
}
