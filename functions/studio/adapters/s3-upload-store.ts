import { deleteObject, getObject, headObject } from '../../kernel/s3.ts';
import type { UploadStore } from '../domain/edit-ports.ts';

/** The key of an upload: made by the server. */
export const uploadKey = (uploadId: string): string => `uploads/${uploadId}`;

export function createUploadStore(bucket: string): UploadStore {
  return {
    look: (uploadId) => headObject(bucket, uploadKey(uploadId)),
    get: async (uploadId) => (await getObject(bucket, uploadKey(uploadId)))?.bytes,
    delete: (uploadId) => deleteObject(bucket, uploadKey(uploadId)),
  };
}
