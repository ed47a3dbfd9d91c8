import type { Picture } from '../../../../functions/kernel/drawing/canvas.ts';
import { toRgba } from '../../../../functions/kernel/drawing/channels.ts';
import type { PixelSize } from '../../../../functions/studio/domain/plan.ts';

/** Anything with a size that canvases draw. */
export type Drawable = OffscreenCanvas | ImageBitmap | VideoFrame;

/** A picture on a canvas of its own, and where it belongs on the whole. */
export interface PlacedSurface {
  readonly surface: OffscreenCanvas;
  readonly left: number;
  readonly top: number;
}

interface NewSurface {
  readonly surface: OffscreenCanvas;
  readonly context: OffscreenCanvasRenderingContext2D;
}

/** A canvas with its context; `isRead` where its pixels are read again. */
export function createSurface(width: number, height: number, isRead = false): NewSurface {
  const surface = new OffscreenCanvas(Math.max(1, width), Math.max(1, height));
  const context = surface.getContext('2d', { willReadFrequently: isRead });
  if (context === null) {
    throw new Error('The browser gives no canvas to draw on');
  }
  context.imageSmoothingQuality = 'high';
  return { surface, context };
}

/** How large it is as it is looked at. */
export const sizeOf = (drawable: Drawable): PixelSize =>
  drawable instanceof OffscreenCanvas || drawable instanceof ImageBitmap
    ? { width: drawable.width, height: drawable.height }
    : { width: drawable.displayWidth, height: drawable.displayHeight };

/** The pixels of a surface. */
export function toPicture(surface: OffscreenCanvas): Picture {
  const context = surface.getContext('2d');
  if (context === null) {
    throw new Error('The surface has another kind of context');
  }
  const { data, width, height } = context.getImageData(0, 0, surface.width, surface.height);
  return { data: new Uint8Array(data.buffer), width, height, channels: 4 };
}

/** A surface of pixels. */
export function toSurface(picture: Picture): OffscreenCanvas {
  const { data, width, height } = toRgba(picture);
  const { surface, context } = createSurface(width, height, true);
  context.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  return surface;
}
