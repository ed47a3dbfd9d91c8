import type { Archive } from '../ports.ts';
import type { Making, Wholeness } from './ports.ts';

/**
 * Tells of which making the projection is. Of an archive without any chain it is whole from the start; asked before a service's first record is written, so that
 * whoever writes the very first has said so before.
 */
export function createRecogniser(
  archive: Pick<Archive, 'services'>,
  wholeness: Wholeness,
): () => Promise<Making> {
  // What has a chain always has one.
  let isEmpty = true;
  return async () => {
    const making = (await wholeness.read()) ?? (await wholeness.begin());
    if (making.isWhole || !isEmpty) {
      return making;
    }
    for await (const _ of archive.services()) {
      isEmpty = false;
      return making;
    }
    return { ...making, isWhole: await wholeness.end(making) };
  };
}
