import { getJson, putJsonIf } from '../../kernel/s3.ts';
import type { EditStore } from '../domain/edit-ports.ts';
import { editRecordSchema } from '../domain/edit-record.ts';

const keyOf = (editId: string): string => `edits/${editId}.json`;

export function createEditStore(bucket: string): EditStore {
  return {
    get: (editId) => getJson(bucket, keyOf(editId), editRecordSchema),
    create: (record) => putJsonIf(bucket, keyOf(record.id), record, 'absent'),
    put: (record, version) => putJsonIf(bucket, keyOf(record.id), record, { version }),
  };
}
