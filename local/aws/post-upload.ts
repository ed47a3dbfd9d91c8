import type { IncomingMessage } from 'node:http';
import { type PostForm, readPostForm } from './post-form.ts';
import type { PostPolicy } from './post-policy.ts';
import { authorisePost, checkPostSize, type PostAnswer, postAnswer, postKey } from './presigned-post.ts';
import { S3Error } from './s3-error.ts';
import type { S3FrontOptions } from './s3-front.ts';
import { s3Target } from './s3-target.ts';

/** A POST upload that has been read: its form and policy, or why it is refused. */
export type ReadPost = { form: PostForm; policy: PostPolicy } | { refused: S3Error };

/** Reads and authorises a POST upload; what is refused comes back as a value, so that the connection stays open for the answer. */
export async function readPost(
  request: IncomingMessage,
  { region, credentials }: S3FrontOptions,
): Promise<ReadPost> {
  const bucket = s3Target(request.url ?? '')?.bucket ?? '';
  const length = request.headers['content-length'];
  const headers = {
    contentType: request.headers['content-type'] ?? '',
    contentLength: length === undefined ? undefined : Number(length),
  };
  let policy: PostPolicy | undefined;
  try {
    const form = await readPostForm(request, headers, (head) => {
      policy = authorisePost(head, { bucket, region, credentials, now: Date.now() });
      return policy.maximumSize;
    });
    if (policy === undefined) throw new Error('A form was read without its policy');
    return { form, policy };
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    // The rest is read and dropped: a browser that is still sending would otherwise see a broken connection, not the answer.
    request.resume();
    return { refused: error };
  }
}

/** Stores a read upload and says what to answer. Throws S3Error, the refusal of `readPost` among others. */
export function storePost(
  post: ReadPost,
  bucket: string,
  host: string | undefined,
  options: S3FrontOptions,
): PostAnswer {
  if ('refused' in post) throw post.refused;
  const { form, policy } = post;
  const key = postKey(form);
  checkPostSize(form, policy);
  if (!options.store.hasBucket(bucket)) {
    throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist', { BucketName: bucket });
  }
  options.faults.check(bucket, key);
  const metadata = [...form.fields]
    .filter(([name]) => name.startsWith('x-amz-meta-'))
    .map(([name, value]) => [name.slice('x-amz-meta-'.length), value]);
  const optional = (name: string): string => form.fields.get(name) ?? '';
  const { etag } = options.store.putObject(
    bucket,
    key,
    form.file,
    form.fields.get('content-type') ?? 'binary/octet-stream',
    Object.fromEntries(metadata),
    {
      cacheControl: optional('cache-control'),
      contentDisposition: optional('content-disposition'),
      contentEncoding: optional('content-encoding'),
      contentLanguage: optional('content-language'),
    },
  );
  options.created.announce({ bucket, key, size: form.file.length, etag, eventName: 'ObjectCreated:Post' });
  const location = `http://${host}/${bucket}/${encodeURIComponent(key)}`;
  return postAnswer(form.fields, { bucket, key, etag, location });
}
