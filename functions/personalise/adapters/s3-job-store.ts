import { getJson, putJsonIf } from '../../kernel/s3.ts';
import { jobRecordSchema } from '../domain/job-record.ts';
import type { JobStore } from '../domain/ports.ts';

const keyOf = (jobId: string): string => `jobs/${jobId}.json`;

export function createJobStore(bucket: string): JobStore {
  return {
    get: (jobId) => getJson(bucket, keyOf(jobId), jobRecordSchema),
    create: (record) => putJsonIf(bucket, keyOf(record.id), record, 'absent'),
    put: (record, version) => putJsonIf(bucket, keyOf(record.id), record, { version }),
  };
}
