import { DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { s3 } from '../../kernel/s3-client.ts';
import { deleteObjectIf, getJson, putJsonIf, putObject } from '../../kernel/s3.ts';
import { pictureRecordSchema } from '../domain/picture-record.ts';
import type { PictureStore } from '../domain/ports.ts';

const recordKey = (pictureKey: string): string => `pictures/${pictureKey}.json`;
/** Under the prefix that CloudFront serves; the address of a file is its key. */
const folderOf = (pictureKey: string, renderedBy: string): string =>
  `personalise/results/${pictureKey}/${renderedBy}/`;

/** Browsers may keep a result for ever. The edge asks again after five minutes, so that an erased picture is gone from it by then. */
const cacheControl = 'public, max-age=31536000, s-maxage=300, immutable';

const extensions = { jpeg: 'jpg', png: 'png', webp: 'webp', avif: 'avif' } as const;

export function createPictureStore(bucket: string): PictureStore {
  return {
    get: (pictureKey) => getJson(bucket, recordKey(pictureKey), pictureRecordSchema),
    create: (record) => putJsonIf(bucket, recordKey(record.key), record, 'absent'),
    put: (record, version) => putJsonIf(bucket, recordKey(record.key), record, { version }),
    delete: (pictureKey, version) => deleteObjectIf(bucket, recordKey(pictureKey), version),
    putVariant: async ({ pictureKey, renderedBy, picture }) => {
      const key = `${folderOf(pictureKey, renderedBy)}${picture.variant}.${extensions[picture.format]}`;
      await putObject(bucket, key, picture.bytes, {
        contentType: `image/${picture.format}`,
        cacheControl,
      });
      return `/${key}`;
    },
    deleteVariants: async (pictureKey, renderedBy) => {
      // A campaign has at most eight variants: one page holds them.
      const listed = await s3.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: folderOf(pictureKey, renderedBy) }),
      );
      const objects = (listed.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]));
      if (objects.length === 0) {
        return;
      }
      const deleted = await s3.send(
        new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } }),
      );
      if (deleted.Errors !== undefined && deleted.Errors.length > 0) {
        throw new Error(
          `S3 did not delete ${deleted.Errors.map(({ Key, Code }) => `${Key}: ${Code}`).join(', ')}`,
        );
      }
    },
  };
}
