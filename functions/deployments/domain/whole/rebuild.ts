import { catchUpWhile } from '../catch-up.ts';
import { chainStart } from '../chain.ts';
import type { Archive, Projection } from '../ports.ts';
import type { Wholeness } from './ports.ts';

/** Services that are made at the same time: the next ones begin when all of them have ended. */
const atOnce = 8;

export interface RebuildDeps {
  readonly archive: Archive;
  readonly projection: Projection;
  readonly wholeness: Wholeness;
  /** Whether there is time for more; what is left is done next time. */
  readonly hasTime: () => boolean;
}

/**
 * Makes the projection again from the archive if it was lost, as far as there is time; goes on where it was. Services that come to the archive meanwhile are projected
 * by who records them.
 *
 * @returns how many services were made, and whether nothing is missing now
 */
export async function rebuild({
  archive,
  projection,
  wholeness,
  hasTime,
}: RebuildDeps): Promise<{ readonly services: number; readonly isWhole: boolean }> {
  const making = await wholeness.begin();
  if (making.isWhole) {
    return { services: 0, isWhole: true };
  }
  const missing = await servicesAfter(archive, making.upTo);
  for (let from = 0; from < missing.length; from += atOnce) {
    const group = missing.slice(from, from + atOnce);
    const ended = await Promise.all(
      group.map(async (service) => {
        const head = (await projection.head(service)) ?? chainStart;
        return catchUpWhile(hasTime, archive, projection, service, head);
      }),
    );
    const last = group.at(-1);
    if (last === undefined || ended.some(({ isAtEnd }) => !isAtEnd)) {
      return { services: from, isWhole: false };
    }
    if (!(await wholeness.reached(making, last))) {
      return { services: from, isWhole: false };
    }
  }
  return { services: missing.length, isWhole: await wholeness.end(making) };
}

/** In the order of their names, so that who goes on knows where it was whatever came in between. */
async function servicesAfter(archive: Archive, upTo: string | undefined): Promise<string[]> {
  const services: string[] = [];
  for await (const service of archive.services()) {
    if (upTo === undefined || service > upTo) {
      services.push(service);
    }
  }
  return services.toSorted();
}
