import { CopyObjectCommand, NoSuchKey, S3ServiceException } from '@aws-sdk/client-s3';
import type { StudioFormat } from '../../contracts/recipe.ts';
import { studioFormats } from '../../contracts/recipe.ts';
import { s3 } from '../../kernel/s3-client.ts';
import { deleteObject, putObject } from '../../kernel/s3.ts';
import type { FileOwner, ResultFiles } from '../domain/edit-ports.ts';

const extensions: Readonly<Record<StudioFormat, string>> = {
  png: 'png',
  jpeg: 'jpg',
  webp: 'webp',
  avif: 'avif',
  gif: 'gif',
  mp4: 'mp4',
  webm: 'webm',
};

/** Under the prefix that CloudFront serves; the address of a file is its key. */
const keyOf = ({ id, run }: FileOwner, format: StudioFormat): string =>
  `studio/results/${id}/${run}.${extensions[format]}`;

/** Browsers may keep a result for ever. The edge asks again after five minutes, so that an erased one is gone from it by then. */
const cacheControl = 'public, max-age=31536000, s-maxage=300, immutable';

export function createResultFiles(bucket: string): ResultFiles {
  return {
    put: async (owner, { bytes, result }) => {
      const key = keyOf(owner, result.format);
      await putObject(bucket, key, bytes, { contentType: result.contentType, cacheControl });
      return `/${key}`;
    },
    copy: async (from, to) => {
      const key = keyOf(to, from.format);
      try {
        // Its type and how long it is kept are copied along.
        await s3.send(
          new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: `${bucket}${from.url}` }),
        );
      } catch (error) {
        if (isGone(error)) {
          return undefined;
        }
        throw error;
      }
      return `/${key}`;
    },
    delete: async (owner) => {
      // A run has one file, of a format that an erased record no longer tells; deleting what is not there is free.
      await Promise.all(studioFormats.map((format) => deleteObject(bucket, keyOf(owner, format))));
    },
  };
}

const isGone = (error: unknown): boolean =>
  error instanceof NoSuchKey ||
  (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404);
