import { UnreachableError } from '../api/errors.ts';

/** Whether this browser hands files to other apps. */
export const canShare =
  'canShare' in navigator &&
  navigator.canShare({ files: [new File([''], 'picture.jpg', { type: 'image/jpeg' })] });

/** The clipboard is there in secure contexts only. */
export const canCopy = 'clipboard' in navigator;

/** Hands a picture to an app that the person picks; answers what to say about it. */
export async function sharePicture(url: string, fileName: string): Promise<string> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new UnreachableError('the picture could not be fetched', { cause: error });
  });
  const blob = await response.blob();
  try {
    await navigator.share({ files: [new File([blob], fileName, { type: blob.type })] });
    return 'Shared';
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      // The person closed the list of apps.
      return '';
    }
    throw error;
  }
}

/** Puts a picture's full address on the clipboard; answers what to say about it. */
export async function copyAddress(url: string): Promise<string> {
  await navigator.clipboard.writeText(new URL(url, location.href).href);
  return 'Link copied';
}
