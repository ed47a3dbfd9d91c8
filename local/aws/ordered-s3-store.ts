import { S3Store } from './stores.ts';

type Listing = ReturnType<S3Store['listObjects']>;

/** Lists keys in the order of their UTF-8 bytes, as S3 does; fauxqs lists by locale, and then loses keys between two pages. */
export class OrderedS3Store extends S3Store {
  override listObjects(bucket: string, options: Parameters<S3Store['listObjects']>[1] = {}): Listing {
    const { prefix = '', delimiter = '', maxKeys = 1000, startAfter = options.marker ?? '' } = options;
    const { objects } = super.listObjects(bucket, { prefix, maxKeys: Infinity });
    const page: Listing = { objects: [], commonPrefixes: [], isTruncated: false };
    for (const object of objects.toSorted((left, right) => compareKeys(left.key, right.key))) {
      const end = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
      const entry = end === -1 ? object.key : object.key.slice(0, end + delimiter.length);
      if (compareKeys(entry, startAfter) <= 0 || page.commonPrefixes.at(-1) === entry) continue;
      if (page.objects.length + page.commonPrefixes.length >= maxKeys) return truncated(page);
      if (end === -1) page.objects.push(object);
      else page.commonPrefixes.push(entry);
    }
    return page;
  }
}

/** The next page goes on after the last object of this one, so what this one has behind it must wait for the next. */
function truncated({ objects, commonPrefixes }: Listing): Listing {
  const last = objects.at(-1)?.key;
  const before =
    last === undefined ? commonPrefixes : commonPrefixes.filter((prefix) => compareKeys(prefix, last) < 0);
  return { objects, commonPrefixes: before, isTruncated: true };
}

function compareKeys(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
