import { type S3Store, StoreError } from './stores.ts';

/** What a path-style S3 request is about: `/bucket/key?query`. The key is empty for the bucket itself. */
export interface S3Target {
  bucket: string;
  key: string;
  query: URLSearchParams;
}

/** Reads a request's URL; undefined for `/` (the service itself, or SQS) and for a path that is not valid UTF-8. */
export function s3Target(url: string): S3Target | undefined {
  const { path, query } = splitUrl(url);
  const match = /^\/([^/]+)(?:\/(.*))?$/s.exec(path);
  if (match === null) return undefined;
  try {
    return { bucket: decodeURIComponent(match[1] ?? ''), key: decodeURIComponent(match[2] ?? ''), query };
  } catch (error) {
    // The router behind answers such a path itself.
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** Path and query as sent. The URL class would resolve `..`, which is a legal part of a key. */
export function splitUrl(url: string): { path: string; query: URLSearchParams } {
  const mark = url.indexOf('?');
  return mark === -1
    ? { path: url, query: new URLSearchParams() }
    : { path: url.slice(0, mark), query: new URLSearchParams(url.slice(mark + 1)) };
}

/** What the store knows of an object; undefined when there is none. */
export function findObject(
  store: S3Store,
  { bucket, key }: Pick<S3Target, 'bucket' | 'key'>,
): ReturnType<S3Store['headObject']> | undefined {
  try {
    return store.headObject(bucket, key);
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}
