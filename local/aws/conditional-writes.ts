import { S3Error } from './s3-error.ts';

/** The conditions of a PUT or DELETE, as its headers say them. */
export interface WriteConditions {
  ifMatch?: string | undefined;
  ifNoneMatch?: string | undefined;
}

/**
 * Throws what S3 answers when the object's present ETag (undefined: no such object) does not meet the conditions of a write.
 * Pure: whoever calls it must write in the same turn of the event loop.
 */
export function checkWriteConditions(
  method: 'PUT' | 'DELETE',
  conditions: WriteConditions,
  findEtag: () => string | undefined,
  key: string,
): void {
  const { ifMatch, ifNoneMatch } = conditions;
  if (ifNoneMatch === undefined && ifMatch === undefined) return;
  const etag = findEtag();
  if (ifNoneMatch !== undefined) {
    if (method === 'DELETE' || ifNoneMatch !== '*') {
      throw new S3Error(501, 'NotImplemented', `S3 takes no If-None-Match: ${ifNoneMatch} on a ${method}.`, {
        Header: 'If-None-Match',
      });
    }
    if (etag !== undefined) throw preconditionFailed('If-None-Match');
  }
  if (ifMatch === undefined) return;
  if (etag === undefined) {
    // A DELETE of what is not there succeeds, as any DELETE in S3.
    if (method === 'DELETE') return;
    throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.', { Key: key });
  }
  if (ifMatch !== '*' && unquoted(ifMatch) !== unquoted(etag)) throw preconditionFailed('If-Match');
}

function preconditionFailed(condition: string): S3Error {
  return new S3Error(
    412,
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    {
      Condition: condition,
    },
  );
}

function unquoted(etag: string): string {
  return etag.replaceAll('"', '');
}
