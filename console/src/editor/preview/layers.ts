import type { FrameLayer, PlannedCaption, PlannedOverlay } from '../../../../functions/studio/domain/plan.ts';
import type { SetCaption } from '../../../../functions/studio/domain/painting/set-caption.ts';
import { resize } from './base/take-steps.ts';
import { type Turn, turnOf } from './base/turn.ts';
import { type Bounds, moved } from './bounds.ts';
import type { Stamp } from './scene.ts';
import { type Drawable, type PlacedSurface, sizeOf } from './surface.ts';
import { lettersOf, paintCaption, paintPlainCaption } from './text/paint-caption.ts';
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

/** A layer at an opacity, moved by whole pixels. */
export function stampOf(key: string, layer: DrawnLayer, shown: Shown): Stamp {
  const { surface, left, top } = layer;
  const upright = { left, top, right: left + surface.width, bottom: top + surface.height };
  return turnedStamp(key, upright, layer, shown, (context) => {
    context.globalAlpha = Math.round(shown.opacity * 255) / 255;
    context.imageSmoothingQuality = 'high';
    context.drawImage(surface, left, top);
    context.globalAlpha = 1;
  });
}

/** A plain caption (`isPlain`), which needs no surface of its own. */
export function plainStamp(
  key: string,
  caption: PlannedCaption,
  set: SetCaption<ShapedCaption>,
  shown: Shown,
): Stamp {
  const turn = { rotate: caption.rotate, about: middleOf(caption.box) };
  return turnedStamp(key, lettersOf(set), turn, shown, (context) => paintPlainCaption(context, caption, set));
}

/** @param draw draws what is to be turned, upright and where it would be */
function turnedStamp(
  key: string,
  upright: Bounds,
  { rotate, about }: Pick<DrawnLayer, 'rotate' | 'about'>,
  { opacity, dx, dy }: Shown,
  draw: (context: CanvasRenderingContext2D) => void,
): Stamp {
  const place = rotate % 360 === 0 ? undefined : turned(upright, rotate, about);
  return {
    key: `${key} ${opacity} ${dx} ${dy}`,
    bounds: moved(place?.bounds ?? upright, dx, dy),
    draw: (context) => {
      context.save();
      context.translate(dx, dy);
      if (place !== undefined) {
        const { cos, sin, x, y } = place.turn;
        context.transform(cos, sin, -sin, cos, place.bounds.left + x, place.bounds.top + y);
        context.translate(-upright.left, -upright.top);
      }
      draw(context);
      context.restore();
    },
  };
}

type Shown = Pick<FrameLayer, 'opacity' | 'dx' | 'dy'>;

/** Where the service puts what it has turned: at whole pixels. */
function turned(
  { left, top, right, bottom }: Bounds,
  degrees: number,
  about: DrawnLayer['about'],
): { readonly turn: Turn; readonly bounds: Bounds } {
  const turn = turnOf({ width: right - left, height: bottom - top }, degrees);
  const x = (left + right) / 2 - about.x;
  const y = (top + bottom) / 2 - about.y;
  const turnedLeft = Math.round(about.x + turn.cos * x - turn.sin * y - turn.width / 2);
  const turnedTop = Math.round(about.y + turn.sin * x + turn.cos * y - turn.height / 2);
  return {
    turn,
    bounds: {
      left: turnedLeft,
      top: turnedTop,
      right: turnedLeft + turn.width + 1,
      bottom: turnedTop + turn.height + 1,
    },
  };
}
