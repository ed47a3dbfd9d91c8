import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AnswerPlain, refuse, requestIds } from './plain-requests.ts';
import { readPost, storePost } from './post-upload.ts';
import { S3Error } from './s3-error.ts';
import type { S3FrontOptions } from './s3-front.ts';
import { s3Target } from './s3-target.ts';

type PlainPostsOptions = S3FrontOptions & {
  /** Takes each request that is answered here: AWS would bill it. */
  readonly count: (method: 'POST') => void;
};

/** Answers POST uploads but those of pages, which ask under the rules of CORS. */
export const plainPosts =
  (options: PlainPostsOptions): AnswerPlain =>
  (incoming, outgoing) => {
    const { method, url = '', headers } = incoming;
    if (
      method !== 'POST' ||
      headers.origin !== undefined ||
      headers['content-type']?.startsWith('multipart/form-data') !== true ||
      url.includes('?')
    ) {
      return false;
    }
    const target = s3Target(url);
    if (target === undefined || target.key !== '') {
      return false;
    }
    options.count('POST');
    void answer(incoming, outgoing, target.bucket, options);
    return true;
  };

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  bucket: string,
  options: S3FrontOptions,
): Promise<void> {
  try {
    const post = await readPost(incoming, options);
    const { status, headers, body } = storePost(post, bucket, incoming.headers.host, options);
    outgoing.writeHead(status, { ...requestIds(), ...headers }).end(body);
  } catch (error) {
    if (error instanceof S3Error) {
      refuse(outgoing, error);
    } else if (incoming.destroyed) {
      // A browser that leaves in the middle has not sent anything.
      outgoing.destroy();
    } else {
      throw error;
    }
  }
}
