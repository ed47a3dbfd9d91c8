import type { AwsEnvironment } from './aws-environment.ts';

/** Where a bucket is: `hostname` answers for it, its keys are below `folder`. */
interface BucketAddress {
  readonly hostname: string;
  /** Ends with a slash. */
  readonly folder: string;
}

/** In S3 a bucket has a name of its own; of another endpoint, such as the local one, it is the beginning of the path. */
export function bucketAddress({ region, endpoints }: AwsEnvironment, bucket: string): BucketAddress {
  if (endpoints.s3 !== undefined) {
    return { hostname: new URL(endpoints.s3).hostname, folder: `/${bucket}/` };
  }
  const domain = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  return { hostname: `${bucket}.${domain}`, folder: '/' };
}
