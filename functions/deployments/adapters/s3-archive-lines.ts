import type { ArchiveLine } from '../domain/audit/ports.ts';
import { placesOf } from './archive-keys.ts';
import { keysFrom, readObjects } from './s3-archive.ts';

/** A service's chain as it lies in the archive, line by line, each place once. Nothing of it is believed. */
export async function* archiveLines(bucket: string, service: string): AsyncGenerator<ArchiveLine> {
  let next = 1;
  for await (const { key, body } of readObjects(bucket, keysFrom(bucket, service, 1))) {
    const { first } = placesOf(key);
    for (const [index, text] of body.replace(/\n$/u, '').split('\n').entries()) {
      const place = first + index;
      // A pack may overlap with the one before it.
      if (place >= next) {
        yield { key, place, text };
        next = place + 1;
      }
    }
  }
}
