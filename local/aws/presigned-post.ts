import { entityTooLarge, type PostForm, type PostFormHead } from './post-form.ts';
import { checkPostPolicy, parsePostPolicy, type PostPolicy } from './post-policy.ts';
import { checkKeys } from './presigned-url.ts';
import { escapeXml, S3Error } from './s3-error.ts';
import { type Credentials, parseAmzDate, parseCredential, sameSignature, signV4 } from './sigv4.ts';

/** Where a presigned POST goes and whose keys must have signed it. */
export interface PostContext {
  bucket: string;
  region: string;
  credentials: Credentials;
  /** Milliseconds since the epoch. */
  now: number;
}

export interface PostAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Checks the form's signature and every condition of its policy but the size. Throws S3Error. */
export function authorisePost(head: PostFormHead, context: PostContext): PostPolicy {
  const fields = new Map(head.fields);
  fields.set('key', postKey(head));
  const encoded = fields.get('policy');
  if (encoded === undefined) throw new S3Error(403, 'AccessDenied', 'Access Denied');
  verifySignature(encoded, fields, context);
  const policy = parsePostPolicy(encoded);
  checkPostPolicy(policy, context.bucket, fields, context.now);
  return policy;
}

/** The key the object is to have, its `${filename}` filled in. */
export function postKey({ fields, filename }: PostFormHead): string {
  const key = fields.get('key');
  if (key === undefined || key === '') {
    throw new S3Error(
      400,
      'InvalidArgument',
      "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
      { ArgumentName: 'key', ArgumentValue: '' },
    );
  }
  return key.replaceAll('${filename}', () => filename);
}

/** Throws EntityTooLarge or EntityTooSmall, as the policy's content-length-range says. */
export function checkPostSize({ file }: PostForm, { minimumSize, maximumSize }: PostPolicy): void {
  if (file.length > maximumSize) throw entityTooLarge(file.length, maximumSize);
  if (file.length < minimumSize) {
    throw new S3Error(
      400,
      'EntityTooSmall',
      'Your proposed upload is smaller than the minimum allowed size',
      {
        ProposedSize: String(file.length),
        MinSizeAllowed: String(minimumSize),
      },
    );
  }
}

/** What S3 answers to a stored POST: the status of its `success_action_*` field, 204 when there is none. */
export function postAnswer(
  fields: ReadonlyMap<string, string>,
  stored: { bucket: string; key: string; etag: string; location: string },
): PostAnswer {
  const headers = { etag: stored.etag, location: stored.location };
  const redirect = fields.get('success_action_redirect') ?? fields.get('redirect');
  if (redirect !== undefined && URL.canParse(redirect)) {
    const url = new URL(redirect);
    url.searchParams.set('bucket', stored.bucket);
    url.searchParams.set('key', stored.key);
    url.searchParams.set('etag', stored.etag);
    return { status: 303, headers: { ...headers, location: url.href }, body: '' };
  }
  const status = fields.get('success_action_status');
  if (status === '200') return { status: 200, headers, body: '' };
  if (status !== '201') return { status: 204, headers, body: '' };
  const elements = Object.entries({
    Location: stored.location,
    Bucket: stored.bucket,
    Key: stored.key,
    ETag: stored.etag,
  });
  const inner = elements.map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`).join('');
  return {
    status: 201,
    headers: { ...headers, 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse>${inner}</PostResponse>`,
  };
}

function verifySignature(policy: string, fields: ReadonlyMap<string, string>, context: PostContext): void {
  const read = (name: string): string => {
    const value = fields.get(name.toLowerCase());
    if (value === undefined) {
      throw invalid(
        name,
        '',
        `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
      );
    }
    return value;
  };
  const algorithm = read('X-Amz-Algorithm');
  if (algorithm !== 'AWS4-HMAC-SHA256')
    throw invalid('X-Amz-Algorithm', algorithm, 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  const credential = read('X-Amz-Credential');
  const date = read('X-Amz-Date');
  const scope = parseCredential(credential);
  if (scope === undefined || scope.service !== 's3') {
    throw invalid(
      'X-Amz-Credential',
      credential,
      'Error parsing the X-Amz-Credential parameter; the Credential is mal-formed.',
    );
  }
  if (scope.region !== context.region) {
    throw invalid(
      'X-Amz-Credential',
      credential,
      `the region '${scope.region}' is wrong; expecting '${context.region}'`,
    );
  }
  if (parseAmzDate(date) === undefined || date.slice(0, 8) !== scope.date) {
    throw invalid(
      'X-Amz-Date',
      date,
      'X-Amz-Date must be formatted via ISO8601 Long format and name the day of the X-Amz-Credential',
    );
  }
  checkKeys(scope.accessKeyId, fields.get('x-amz-security-token'), context.credentials);
  if (!sameSignature(signV4(context.credentials.secretAccessKey, scope, policy), read('X-Amz-Signature'))) {
    throw new S3Error(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      { StringToSign: policy },
    );
  }
}

function invalid(name: string, value: string, message: string): S3Error {
  return new S3Error(400, 'InvalidArgument', message, { ArgumentName: name, ArgumentValue: value });
}
