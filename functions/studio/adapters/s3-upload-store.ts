import { HeadObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { deleteObject, getObject, s3 } from '../../kernel/s3.ts';
import type { UploadStore } from '../domain/edit-ports.ts';

/** The key of an upload: made by the server. */
export const uploadKey = (uploadId: string): string => `uploads/${uploadId}`;

export function createUploadStore(bucket: string): UploadStore {
  return {
    look: async (uploadId) => {
      try {
        const { ETag = '', ContentLength = 0 } = await s3.send(
          new HeadObjectCommand({ Bucket: bucket, Key: uploadKey(uploadId) }),
        );
        return { etag: ETag, size: ContentLength };
      } catch (error) {
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) {
          return undefined;
        }
        throw error;
      }
    },
    get: async (uploadId) => (await getObject(bucket, uploadKey(uploadId)))?.bytes,
    delete: (uploadId) => deleteObject(bucket, uploadKey(uploadId)),
  };
}
