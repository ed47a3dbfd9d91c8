import type { Size } from '../canvas/box.ts';
import { addOverlay, mostLayers } from '../state/layer-edits.ts';
import { withMotion } from '../state/with-motion.ts';
import type { Editor } from '../state/use-editor.ts';
import { newOverlayBox } from './new-overlay-box.ts';

/** For the `accept` of file inputs where a movie is of no use: it lies over no picture, and is no slide. */
export const acceptedPictures = 'image/png,image/webp,image/gif,image/jpeg,image/avif';

/**
 * Lays a picture of this device over the one that is made, and selects it.
 *
 * @param now is asked when the picture has been read: others may have been added meanwhile
 * @returns why it cannot be used, in a sentence
 */
export async function addPicture(
  now: () => { readonly editor: Editor; readonly canvas: Size | undefined },
  file: File,
): Promise<string | undefined> {
  let size: Size;
  try {
    const bitmap = await createImageBitmap(file);
    size = { width: bitmap.width, height: bitmap.height };
    bitmap.close();
  } catch {
    return `“${file.name}” is not a picture that can be used here. Choose a PNG, JPEG, WebP, AVIF or GIF.`;
  }
  const { editor, canvas } = now();
  const overlays = editor.document.recipe.overlays ?? [];
  if (overlays.length >= mostLayers.overlay) {
    return `${mostLayers.overlay} pictures are the most that lie over one: “${file.name}” is one too many.`;
  }
  const upload = editor.addFile(file, file.name);
  const add = addOverlay({ source: { kind: 'upload', upload }, box: newOverlayBox(size, canvas, overlays) });
  editor.add('overlay', file.type === 'image/gif' ? withMotion(add) : add);
  return undefined;
}
