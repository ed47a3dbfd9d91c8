import { coveringPacks } from '../domain/packs/covering-packs.ts';
import type { PackStore } from '../domain/packs/ports.ts';
import { archiveLines } from './s3-archive-lines.ts';
import { packsOf, writePack } from './s3-packs.ts';

/** Packs in the bucket of the records that they are copies of. */
export const createPackStore = (bucket: string): PackStore => ({
  end: async (service) => coveringPacks(await packsOf(bucket, service), 1).end,
  lines: (service, fromSequence) => archiveLines(bucket, service, fromSequence),
  create: (service, first, lines) => writePack(bucket, service, first, lines),
});
