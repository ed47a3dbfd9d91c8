import { type Patience, withPatience } from '../../api/patience.ts';
import { sendPhoto } from '../../api/send-photo.ts';
import { StorageError } from '../../api/storage-error.ts';
import { requestStudioUpload } from '../../api/studio.ts';
import { sniffFileBytes } from '../start/sniff-file.ts';
import { checkFile } from '../start/check-file.ts';
import type { LocalFile, LocalFiles } from '../state/files.ts';

/** More at once make none of them faster, and fill a phone's memory. */
const atOnce = 3;

/** A file that cannot be sent; `sentence` says why, for people. */
export class UnfitFileError extends Error {
  override readonly name = 'UnfitFileError';
  /** `local:<n>`. */
  readonly upload: string;

  constructor(upload: string, sentence: string) {
    super(sentence);
    this.upload = upload;
  }
}

export interface SendingFiles extends Omit<Patience, 'attempts'> {
  readonly files: LocalFiles;
  /** Those to send, of `files`; what was sent before is not sent again. */
  readonly names: readonly string[];
  /** The fraction of all bytes that is sent, 0 to 1. */
  readonly onProgress: (fraction: number) => void;
  /** A file has arrived: from now on it is known by `id`. */
  readonly onSent: (name: string, id: string) => void;
}

/**
 * Sends files, and what broke off again. What has arrived stays: who calls again sends the rest.
 * @throws UnfitFileError, the reason of `signal`, else what `requestStudioUpload` or `sendPhoto` throw
 */
export async function sendFiles({
  files,
  names,
  onProgress,
  onSent,
  onPause,
  signal,
}: SendingFiles): Promise<void> {
  // The first that fails ends the others.
  const controller = new AbortController();
  const patience = { onPause, signal: AbortSignal.any([signal, controller.signal]) };
  const waiting = names.flatMap((name) => {
    const file = files.get(name);
    return file === undefined || file.uploaded !== undefined ? [] : [{ name, file }];
  });
  const total = waiting.reduce((sum, { file }) => sum + file.blob.size, 0);
  const sent = new Map<string, number>();
  const tell = (name: string, bytes: number): void => {
    sent.set(name, bytes);
    onProgress(
      total === 0 ? 1 : Math.min(1, [...sent.values()].reduce((sum, each) => sum + each, 0) / total),
    );
  };
  onProgress(0);
  const one = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { name, file } = next;
      const id = await sendFile(name, file, patience, (fraction) => tell(name, fraction * file.blob.size));
      tell(name, file.blob.size);
      onSent(name, id);
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, one));
  } catch (error) {
    controller.abort(error);
    throw error;
  }
}

async function sendFile(
  name: string,
  file: LocalFile,
  patience: Omit<Patience, 'attempts'>,
  onProgress: (fraction: number) => void,
): Promise<string> {
  const contentType = await typeOf(name, file);
  const once = async (): Promise<string> => {
    const grant = await withPatience(() => requestStudioUpload({ contentType }, patience.signal), patience);
    await withPatience(
      () => sendPhoto(grant.upload, file.blob, { signal: patience.signal, onProgress }),
      patience,
    );
    return grant.uploadId;
  };
  try {
    return await once();
  } catch (error) {
    // A permission that ran out on the way is asked for anew, once.
    if (error instanceof StorageError && error.expired) {
      return await once();
    }
    throw error;
  }
}

async function typeOf(name: string, file: LocalFile) {
  let head: Uint8Array;
  try {
    head = new Uint8Array(await file.blob.slice(0, sniffFileBytes).arrayBuffer());
  } catch {
    throw new UnfitFileError(
      name,
      `“${file.name}” is not where it was and could not be read. Choose it again.`,
    );
  }
  const check = checkFile({ name: file.name, size: file.blob.size, head });
  if (!check.ok) {
    throw new UnfitFileError(name, check.sentence);
  }
  return check.contentType;
}
