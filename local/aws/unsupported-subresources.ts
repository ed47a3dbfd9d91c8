import { S3Error } from './s3-error.ts';
import type { S3Target } from './s3-target.ts';

/** Subresources of buckets and objects that fauxqs does not know: it would take them for the bucket or the object itself. */
const UNKNOWN = [
  'accelerate',
  'acl',
  'analytics',
  'cors',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'location',
  'logging',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'tagging',
  'torrent',
  'versioning',
  'versions',
  'website',
];

/** Throws NotImplemented for a request that would otherwise succeed and do something else. */
export function refuseUnsupported(method: string, { key, query }: S3Target): void {
  const unknown =
    UNKNOWN.find((name) => query.has(name)) ??
    (method === 'GET' && key === '' && query.has('uploads') ? 'uploads' : undefined);
  if (unknown !== undefined) {
    throw new S3Error(501, 'NotImplemented', `The local S3 has no ${method} of the subresource ${unknown}.`);
  }
}
