import { PutObjectCommand } from '@aws-sdk/client-s3';
import { deleteObjectIf, getJson, s3 } from '../../kernel/s3.ts';
import { madeRecordSchema, type MadeStore } from '../domain/edit-ports.ts';

const keyOf = (contentKey: string): string => `made/${contentKey}.json`;

export function createMadeStore(bucket: string): MadeStore {
  return {
    get: (contentKey) => getJson(bucket, keyOf(contentKey), madeRecordSchema),
    put: async (contentKey, record) => {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: keyOf(contentKey),
          Body: JSON.stringify(record),
          ContentType: 'application/json',
        }),
      );
    },
    delete: async (contentKey, version) => {
      // When somebody wrote since, it is theirs.
      await deleteObjectIf(bucket, keyOf(contentKey), version);
    },
  };
}
