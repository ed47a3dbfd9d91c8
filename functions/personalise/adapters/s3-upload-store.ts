import { deleteObject, getObject } from '../../kernel/s3.ts';
import type { UploadStore } from '../domain/ports.ts';

const prefix = 'uploads/';

/** The key of a job's upload: made by the server, one a job. */
export const uploadKey = (jobId: string): string => `${prefix}${jobId}`;

export const jobIdOfUpload = (key: string): string => key.slice(prefix.length);

export function createUploadStore(bucket: string): UploadStore {
  return {
    head: (jobId, length) => getObject(bucket, uploadKey(jobId), length),
    get: async (jobId) => (await getObject(bucket, uploadKey(jobId)))?.bytes,
    delete: (jobId) => deleteObject(bucket, uploadKey(jobId)),
  };
}
