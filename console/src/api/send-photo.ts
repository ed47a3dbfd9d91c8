import type { PresignedUpload } from '../../../functions/contracts/presigned-upload.ts';
import { UnreachableError } from './errors.ts';
import { StorageError } from './storage-error.ts';

/**
 * Sends a photo to S3 with a presigned POST. XMLHttpRequest, because fetch does not tell the progress of an upload.
 * @param onProgress the fraction sent, 0 to 1
 * @throws StorageError, UnreachableError, or the reason of `signal` when that ended it.
 */
export function sendPhoto(
  upload: PresignedUpload,
  photo: Blob,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (fraction: number) => void },
): Promise<void> {
  signal.throwIfAborted();
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) {
    form.append(name, value);
  }
  // S3 ignores every field after the file.
  form.append('file', photo);
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const abort = (): void => {
      xhr.abort();
    };
    xhr.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) {
        onProgress(event.loaded / event.total);
      }
    });
    xhr.addEventListener('load', () => {
      if (xhr.status >= 200 && xhr.status < 300) {
        resolve();
      } else {
        reject(new StorageError(xhr.status, xhr.responseText));
      }
    });
    xhr.addEventListener('error', () => {
      reject(new UnreachableError('the upload broke off'));
    });
    xhr.addEventListener('abort', () => {
      reject(signal.reason);
    });
    xhr.addEventListener('loadend', () => {
      signal.removeEventListener('abort', abort);
    });
    signal.addEventListener('abort', abort);
    xhr.open('POST', upload.url);
    xhr.send(form);
  });
}
