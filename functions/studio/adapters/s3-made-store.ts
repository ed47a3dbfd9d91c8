import { deleteObjectIf, getJson, putObject } from '../../kernel/s3.ts';
import { madeRecordSchema, type MadeStore } from '../domain/edit-ports.ts';

const keyOf = (contentKey: string): string => `made/${contentKey}.json`;

export function createMadeStore(bucket: string): MadeStore {
  return {
    get: (contentKey) => getJson(bucket, keyOf(contentKey), madeRecordSchema),
    put: (contentKey, record) =>
      putObject(bucket, keyOf(contentKey), JSON.stringify(record), { contentType: 'application/json' }),
    delete: async (contentKey, version) => {
      // When somebody wrote since, it is theirs.
      await deleteObjectIf(bucket, keyOf(contentKey), version);
    },
  };
}
