import { createSurface } from '../surface.ts';
import { inTurn } from './in-turn.ts';
import type { AnimationFrames } from './native-frames.ts';

/** A frame as a file stores it: the part of the picture that changes. */
export interface StoredFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Whether it replaces what is under it, also where it can be seen through. */
  readonly replaces: boolean;
  /** What becomes of it before the next one. */
  readonly disposal: 'stays' | 'cleared' | 'undone';
  /** A file of this frame alone, which every browser decodes. */
  readonly still: () => Blob;
}

/** Puts frames together as they are shown, for browsers that do not decode animations frame by frame. Forward is fastest. */
export function composedFrames(
  size: { readonly width: number; readonly height: number },
  frames: readonly StoredFrame[],
): AnimationFrames {
  const { surface, context } = createSurface(size.width, size.height);
  /** The frame that the surface shows; −1 for none. */
  let shown = -1;
  let dispose = (): void => undefined;

  const advance = async (index: number): Promise<void> => {
    const frame = frames[index];
    if (frame === undefined) {
      throw new Error(`There is no frame ${index}: the animation has ${frames.length}`);
    }
    const picture = await createImageBitmap(frame.still());
    dispose();
    const { left, top, width, height, disposal } = frame;
    const before = disposal === 'undone' ? context.getImageData(left, top, width, height) : undefined;
    if (frame.replaces) {
      context.clearRect(left, top, width, height);
    }
    context.drawImage(picture, left, top, width, height);
    picture.close();
    shown = index;
    dispose = () => {
      if (before !== undefined) {
        context.putImageData(before, left, top);
      } else if (disposal === 'cleared') {
        context.clearRect(left, top, width, height);
      }
    };
  };

  const show = async (index: number): Promise<ImageBitmap> => {
    if (index < shown) {
      context.clearRect(0, 0, size.width, size.height);
      dispose = () => undefined;
      shown = -1;
    }
    for (let next = shown + 1; next <= index; next += 1) {
      await advance(next);
    }
    return await createImageBitmap(surface);
  };

  return {
    // They share the surface.
    frame: inTurn(show),
    close: () => undefined,
  };
}
