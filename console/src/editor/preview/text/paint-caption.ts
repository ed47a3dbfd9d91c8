import { parseColour } from '../../../../../functions/kernel/drawing/colour.ts';
import type {
  CaptionOutline,
  SetCaption,
} from '../../../../../functions/studio/domain/painting/set-caption.ts';
import type { PlannedCaption } from '../../../../../functions/studio/domain/plan.ts';
import { deviationOf } from '../base/gaussian.ts';
import { around, type Bounds } from '../bounds.ts';
import { createSurface, type PlacedSurface } from '../surface.ts';
import { prepareFor } from './face.ts';
import { pictureOutline } from './picture-outline.ts';
import type { PlacedCut } from './set-line.ts';
import type { ShapedCaption } from './shape-caption.ts';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

type Caption = Pick<PlannedCaption, 'colour' | 'shadow'>;
type Set = SetCaption<ShapedCaption>;

/** Whether a caption is nothing but letters that hide what is under them: so it can be drawn where it belongs, without a surface of its own. */
export const isPlain = ({ colour, shadow }: PlannedCaption, { outline, background }: Set): boolean =>
  shadow === undefined &&
  background === undefined &&
  parseColour(colour).alpha === 255 &&
  (outline === undefined || parseColour(outline.colour).alpha === 255);

/** Where the letters of a caption are, with their outline. */
export function lettersOf({ shaped, outline, down }: Set): Bounds {
  const margin = outline === undefined ? 1 : Math.ceil(outline.width) + 2;
  return {
    left: shaped.left - margin,
    top: shaped.top + down - margin,
    right: shaped.right + margin,
    bottom: shaped.top + down + shaped.inkHeight + margin,
  };
}

/** Draws a plain caption on what it lies over. */
export function paintPlainCaption(
  context: Context,
  { colour }: Caption,
  { shaped, outline, down }: Set,
): void {
  context.save();
  context.translate(0, down);
  paintLetters(context, shaped, colour, outline);
  context.restore();
}

/** Draws a caption that was set, upright, with what belongs to it. */
export function paintCaption({ colour, shadow }: Caption, set: Set): PlacedSurface {
  const { shaped, outline, down, background } = set;
  const letters = lettersOf(set);
  const text = createSurface(letters.right - letters.left, letters.bottom - letters.top);
  text.context.translate(-letters.left, down - letters.top);
  paintLetters(text.context, shaped, colour, outline);
  if (shadow === undefined && background === undefined) {
    return { surface: text.surface, left: letters.left, top: letters.top };
  }
  const bounds =
    around([
      letters,
      ...(background === undefined ? [] : [boundsOf(background)]),
      ...(shadow === undefined ? [] : [shadowBounds(letters, shadow)]),
    ]) ?? letters;
  const { surface, context } = createSurface(bounds.right - bounds.left, bounds.bottom - bounds.top);
  context.translate(-bounds.left, -bounds.top);
  if (background !== undefined) {
    context.fillStyle = background.colour;
    context.beginPath();
    const radius = Math.min(background.radius, background.width / 2, background.height / 2);
    context.roundRect(background.left, background.top, background.width, background.height, radius);
    context.fill();
  }
  if (shadow !== undefined) {
    context.shadowColor = shadow.colour;
    // Of CSS' blur a canvas takes half as the deviation, and so does the service, which leaves the tail out.
    context.shadowBlur = shadow.blur === 0 ? 0 : 2 * deviationOf(shadow.blur / 2);
    context.shadowOffsetX = Math.round(shadow.x);
    context.shadowOffsetY = Math.round(shadow.y);
  }
  context.drawImage(text.surface, letters.left, letters.top);
  return { surface, left: bounds.left, top: bounds.top };
}

function paintLetters(
  context: Context,
  shaped: ShapedCaption,
  colour: string,
  outline: CaptionOutline | undefined,
): void {
  if (outline !== undefined) {
    paintOutline(context, shaped, outline);
    if (parseColour(colour).alpha < 255) {
      // The outline goes around the letters, not under them.
      context.globalCompositeOperation = 'destination-out';
      context.fillStyle = '#000000';
      eachCut(context, shaped, ({ text }, x, y) => context.fillText(text, x, y));
      context.globalCompositeOperation = 'lighter';
    }
  }
  context.fillStyle = colour;
  eachCut(context, shaped, ({ face, text }, x, y) => {
    context.globalAlpha = face.coloured ? parseColour(colour).alpha / 255 : 1;
    context.fillText(text, x, y);
  });
  context.globalAlpha = 1;
  context.globalCompositeOperation = 'source-over';
}

function paintOutline(context: Context, shaped: ShapedCaption, { width, colour }: CaptionOutline): void {
  const { alpha } = parseColour(colour);
  const opaque = colour.slice(0, '#rrggbb'.length);
  if (alpha === 255) {
    strokeCuts(context, shaped, { width, colour: opaque });
    return;
  }
  // The outlines of two letters are one where they meet, and no darker.
  const { surface, context: whole } = createSurface(context.canvas.width, context.canvas.height);
  whole.setTransform(context.getTransform());
  strokeCuts(whole, shaped, { width, colour: opaque });
  context.save();
  context.resetTransform();
  context.globalAlpha = alpha / 255;
  context.drawImage(surface, 0, 0);
  context.restore();
}

function strokeCuts(context: Context, shaped: ShapedCaption, outline: CaptionOutline): void {
  context.lineJoin = 'round';
  context.lineWidth = 2 * outline.width;
  context.strokeStyle = outline.colour;
  eachCut(context, shaped, ({ face, text }, x, y) => {
    if (face.coloured) {
      const around = pictureOutline(face, text, shaped.size, outline);
      context.drawImage(around.surface, x + around.left, y + around.top);
    } else {
      context.strokeText(text, x, y);
    }
  });
}

/** Calls `draw` for every part of the text, with the context as that part needs it. */
function eachCut(
  context: Context,
  { placed, size }: ShapedCaption,
  draw: (cut: PlacedCut, x: number, y: number) => void,
): void {
  let font = '';
  for (const { line, x, baseline } of placed) {
    for (const cut of line.cuts) {
      const wanted = `${size}px ${cut.face.family}`;
      if (font !== wanted) {
        context.font = wanted;
        prepareFor(context, cut.face);
        font = wanted;
      }
      context.direction = cut.direction;
      context.textAlign = 'left';
      if (cut.stretch === 1) {
        draw(cut, x + cut.x, baseline);
      } else {
        context.save();
        context.translate(x + cut.x, baseline);
        context.scale(cut.stretch, 1);
        draw(cut, 0, 0);
        context.restore();
      }
    }
  }
}

function shadowBounds(letters: Bounds, { x, y, blur }: NonNullable<PlannedCaption['shadow']>): Bounds {
  const reach = Math.ceil(blur * 1.5) + 1;
  return {
    left: Math.floor(letters.left + x) - reach,
    top: Math.floor(letters.top + y) - reach,
    right: Math.ceil(letters.right + x) + reach,
    bottom: Math.ceil(letters.bottom + y) + reach,
  };
}

const boundsOf = (box: {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}): Bounds => ({
  left: box.left,
  top: box.top,
  right: box.left + box.width,
  bottom: box.top + box.height,
});
