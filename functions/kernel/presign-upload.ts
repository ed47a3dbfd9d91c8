import { createHmac } from 'node:crypto';
import type { PresignedUpload } from '../contracts/presigned-upload.ts';
import { awsEnvironment } from './aws-environment.ts';
import { bucketAddress } from './s3-address.ts';
import { createSigningKeys, signingTime } from './sign-request.ts';

/** How long an upload may be started after it was granted. */
export const uploadLifeSeconds = 300;

function openSigner() {
  const environment = awsEnvironment();
  return { environment, keyOf: createSigningKeys('s3', environment.region, environment.credentials) };
}

let signer: ReturnType<typeof openSigner> | undefined;

/**
 * A presigned POST whose policy fixes the key, the declared content type, the size (1 byte to `maxBytes`) and the expiry. A presigned PUT could not bound
 * the size. Signed here with the function's credentials.
 * Source: Amazon S3 API reference, "Authenticating Requests in Browser-Based Uploads Using POST (AWS Signature Version 4)".
 */
export function presignUpload(upload: {
  readonly bucket: string;
  readonly key: string;
  readonly contentType: string;
  readonly maxBytes: number;
  /** Epoch milliseconds. */
  readonly now: number;
}): PresignedUpload {
  signer ??= openSigner();
  const { region, credentials, endpoints } = signer.environment;
  const time = signingTime(new Date(upload.now));
  const day = time.slice(0, 'yyyymmdd'.length);
  const expiresAt = new Date(upload.now + uploadLifeSeconds * 1000).toISOString();
  const fields = {
    'Content-Type': upload.contentType,
    bucket: upload.bucket,
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${credentials.accessKeyId}/${day}/${region}/s3/aws4_request`,
    'X-Amz-Date': time,
    ...(credentials.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': credentials.sessionToken }),
    key: upload.key,
  };
  const conditions = [
    ['content-length-range', 1, upload.maxBytes],
    ['eq', '$Content-Type', upload.contentType],
    ...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
  ];
  const policy = Buffer.from(JSON.stringify({ expiration: expiresAt, conditions })).toString('base64');
  const { hostname, folder } = bucketAddress(signer.environment, upload.bucket);
  return {
    url: new URL(folder, endpoints.s3 ?? `https://${hostname}`).href,
    fields: {
      ...fields,
      Policy: policy,
      'X-Amz-Signature': createHmac('sha256', signer.keyOf(day)).update(policy).digest('hex'),
    },
    expiresAt,
    maxBytes: upload.maxBytes,
  };
}
