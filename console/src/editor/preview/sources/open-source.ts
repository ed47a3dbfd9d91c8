import { PermanentError } from '../../../../../functions/kernel/errors.ts';
import { isFileType } from '../../start/check-file.ts';
import { sniffFile, sniffFileBytes } from '../../start/sniff-file.ts';
import { openAnimation } from './open-animation.ts';
import { openStill } from './open-still.ts';
import type { OpenedSource } from './opened-source.ts';

/**
 * Opens a picture, an animation or a clip and finds out what it is, as the service will. Rejects with a PermanentError for what cannot be used, with what to send
 * instead.
 */
export async function openSource(file: Blob): Promise<OpenedSource> {
  const head = new Uint8Array(await file.slice(0, sniffFileBytes).arrayBuffer());
  const contentType = sniffFile(head);
  if (!isFileType(contentType)) {
    throw new PermanentError(
      'unsupported-source',
      'This kind of file cannot be used. Choose a JPEG, PNG, WebP, AVIF or GIF, or an MP4, MOV or WebM clip.',
    );
  }
  if (contentType.startsWith('video/')) {
    const { openMovie } = await import('./open-movie.ts');
    return await openMovie(file, contentType);
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  return (await openAnimation(bytes, contentType)) ?? (await openStill(bytes, contentType));
}
