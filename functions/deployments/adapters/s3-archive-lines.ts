import type { ArchiveLine } from '../domain/audit/ports.ts';
import { placesOf } from './archive-keys.ts';
import { type ArchiveObject, readObjects, recordKeysFrom } from './s3-archive.ts';

/** A service's chain from a place on, as it lies below `chains/`. Nothing of it is believed. */
export async function* archiveLines(
  bucket: string,
  service: string,
  fromSequence = 1,
): AsyncGenerator<ArchiveLine> {
  for await (const object of readObjects(bucket, recordKeysFrom(bucket, service, fromSequence))) {
    const { first } = placesOf(object.key);
    for (const [index, text] of linesOf(object).entries()) {
      yield { key: object.key, place: first + index, text };
    }
  }
}

export const linesOf = ({ body }: ArchiveObject): readonly string[] => body.replace(/\n$/u, '').split('\n');
