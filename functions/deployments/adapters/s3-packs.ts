import { listKeys } from '../../kernel/s3-client.ts';
import { createObject } from '../../kernel/s3.ts';
import { inOrder } from '../domain/packs/covering-packs.ts';
import type { Pack } from '../domain/packs/ports.ts';
import { ndjson, packKey, packPrefix, placesOf } from './archive-keys.ts';

/** A service's packs in the order of their first record; of those that begin alike, the longest first. */
export async function packsOf(bucket: string, service: string): Promise<Pack[]> {
  const packs: Pack[] = [];
  for await (const key of listKeys(bucket, packPrefix(service))) {
    packs.push({ key, ...placesOf(key) });
  }
  return inOrder(packs);
}

/**
 * Writes records of one service, one behind the other, as one object; one that is there already stays as it is.
 *
 * @param first the place of the first of them
 * @param lines JSON of a record each
 */
export async function writePack(
  bucket: string,
  service: string,
  first: number,
  lines: readonly string[],
): Promise<void> {
  const key = packKey(service, first, first + lines.length - 1);
  await createObject(bucket, key, Buffer.from(lines.map((line) => `${line}\n`).join('')), ndjson);
}
