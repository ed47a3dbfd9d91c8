import { serviceDirectory, type ServiceDirectory } from '../../contracts/service-directory.ts';
import type { Clock } from '../../kernel/clock.ts';
import { getJson } from '../../kernel/s3.ts';

/** How long an execution environment keeps the directory, in milliseconds: a change is seen everywhere after it. */
const lifeMs = 60_000;

/** Where the directory lies in its bucket. */
const key = 'directory/directory.json';

/**
 * The service directory as it was published, as its reader looks things up in it. Throws when there is none: nobody may speak for anybody then.
 *
 * @param toIndex done once for each version that is read
 */
export function createDirectory<Index>(
  bucket: string,
  clock: Clock,
  toIndex: (directory: ServiceDirectory) => Index,
): () => Promise<Index> {
  let kept: { index: Index; until: number } | undefined;
  return async () => {
    if (kept === undefined || kept.until <= clock()) {
      const stored = await getJson(bucket, key, serviceDirectory);
      if (stored === undefined) {
        throw new Error(`There is no ${key} in the bucket: the service directory was not published.`);
      }
      kept = { index: toIndex(stored.value), until: clock() + lifeMs };
    }
    return kept.index;
  };
}
