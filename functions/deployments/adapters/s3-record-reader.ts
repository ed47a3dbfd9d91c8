import { archivedEvent } from '../../contracts/deployment-event.ts';
import { getJson } from '../../kernel/s3.ts';
import type { Archive } from '../domain/ports.ts';
import type { RecordReader } from '../domain/report/ports.ts';
import { recordKey } from './archive-keys.ts';

/** A record is an object of one line, or a line of a pack. */
export const createRecordReader = (bucket: string, archive: Archive): RecordReader => ({
  get: async (service, sequence) => {
    const stored = await getJson(bucket, recordKey(service, sequence), archivedEvent);
    if (stored !== undefined) {
      return stored.value;
    }
    for await (const record of archive.read(service, sequence)) {
      return record.sequence === sequence ? record : undefined;
    }
    return undefined;
  },
});
