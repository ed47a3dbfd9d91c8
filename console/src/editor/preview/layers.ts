import type { PlannedCaption, PlannedOverlay } from '../../../../functions/studio/domain/plan.ts';
import type { SetCaption } from '../../../../functions/studio/domain/painting/set-caption.ts';
import { resize } from './base/take-steps.ts';
import { turnOf } from './base/turn.ts';
import { type Drawable, type PlacedSurface, sizeOf } from './surface.ts';
import { paintCaption } from './text/paint-caption.ts';
import type { ShapedCaption } from './text/shape-caption.ts';

/** A layer as it is when it is all there, and how it is turned. */
export interface DrawnLayer extends PlacedSurface {
  /** Degrees clockwise about a point of the canvas. */
  readonly rotate: number;
  readonly about: { readonly x: number; readonly y: number };
}

export const drawCaptionLayer = (caption: PlannedCaption, set: SetCaption<ShapedCaption>): DrawnLayer => ({
  ...paintCaption(caption, set),
  rotate: caption.rotate,
  about: middleOf(caption.box),
});

/** As large as fits in its box, in the middle of it. */
export function drawOverlayLayer({ box, rotate }: PlannedOverlay, picture: Drawable): DrawnLayer {
  const { width: wide, height: high } = sizeOf(picture);
  const scale = Math.min(box.width / wide, box.height / high);
  const width = Math.max(1, Math.round(wide * scale));
  const height = Math.max(1, Math.round(high * scale));
  const about = middleOf(box);
  return {
    surface: resize(picture, { width, height }),
    left: Math.round(about.x - width / 2),
    top: Math.round(about.y - height / 2),
    rotate,
    about,
  };
}

const middleOf = (box: PlannedCaption['box']): { readonly x: number; readonly y: number } => ({
  x: box.left + box.width / 2,
  y: box.top + box.height / 2,
});

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Draws a layer moved by whole pixels. */
export function placeLayer(
  context: Context,
  { surface, left, top, rotate, about }: DrawnLayer,
  { opacity, dx, dy }: { readonly opacity: number; readonly dx: number; readonly dy: number },
): void {
  context.globalAlpha = Math.round(opacity * 255) / 255;
  if (rotate % 360 === 0) {
    context.drawImage(surface, left + dx, top + dy);
  } else {
    const turn = turnOf(surface, rotate);
    const x = left + surface.width / 2 - about.x;
    const y = top + surface.height / 2 - about.y;
    const turnedLeft = Math.round(about.x + turn.cos * x - turn.sin * y - turn.width / 2);
    const turnedTop = Math.round(about.y + turn.sin * x + turn.cos * y - turn.height / 2);
    context.imageSmoothingQuality = 'high';
    context.setTransform(
      turn.cos,
      turn.sin,
      -turn.sin,
      turn.cos,
      turnedLeft + turn.x + dx,
      turnedTop + turn.y + dy,
    );
    context.drawImage(surface, 0, 0);
    context.resetTransform();
  }
  context.globalAlpha = 1;
}
