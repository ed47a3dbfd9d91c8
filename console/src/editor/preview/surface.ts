/** A picture on a canvas of its own, and where it belongs on the whole. */
export interface PlacedSurface {
  readonly surface: OffscreenCanvas;
  readonly left: number;
  readonly top: number;
}

/** A canvas with its context; `isRead` where its pixels are read again. */
export function createSurface(
  width: number,
  height: number,
  isRead = false,
): { readonly surface: OffscreenCanvas; readonly context: OffscreenCanvasRenderingContext2D } {
  const surface = new OffscreenCanvas(Math.max(1, width), Math.max(1, height));
  const context = surface.getContext('2d', { willReadFrequently: isRead });
  if (context === null) {
    throw new Error('The browser gives no canvas to draw on');
  }
  return { surface, context };
}
