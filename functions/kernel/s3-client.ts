import { ListObjectsV2Command, type ListObjectsV2CommandOutput, S3Client } from '@aws-sdk/client-s3';

/**
 * The SDK's client, one an execution environment, for what is not asked in every job: listings, copies. Objects are got, put and deleted by
 * `s3.ts`, without it, so that functions which do no more are free of it. Retries stay with it (3 attempts). Checksums beyond those that S3 requires are left out: TLS guards the way. What each kind
 * of request goes through in the SDK is put together once, not for every request.
 */
export const s3 = new S3Client({
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
  cacheMiddleware: true,
});

/** Keys that begin with `prefix`, in the order of their bytes, each page asked for when it is needed. */
export async function* listKeys(
  bucket: string,
  prefix: string,
  options: { readonly startAfter?: string; readonly pageSize?: number } = {},
): AsyncGenerator<string> {
  for await (const { Contents } of listPages(bucket, prefix, options)) {
    for (const { Key } of Contents ?? []) {
      if (Key !== undefined) {
        yield Key;
      }
    }
  }
}

/** What follows `prefix` in keys up to the next slash, each once, with `prefix` before it and the slash behind it. */
export async function* listFolders(bucket: string, prefix: string): AsyncGenerator<string> {
  for await (const { CommonPrefixes } of listPages(bucket, prefix, { delimiter: '/' })) {
    for (const { Prefix } of CommonPrefixes ?? []) {
      if (Prefix !== undefined) {
        yield Prefix;
      }
    }
  }
}

async function* listPages(
  bucket: string,
  prefix: string,
  options: { readonly startAfter?: string; readonly pageSize?: number; readonly delimiter?: string },
): AsyncGenerator<ListObjectsV2CommandOutput> {
  let next: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        StartAfter: options.startAfter,
        MaxKeys: options.pageSize,
        Delimiter: options.delimiter,
        ContinuationToken: next,
      }),
    );
    yield page;
    next = page.NextContinuationToken;
  } while (next !== undefined);
}
