import sharp from 'sharp';
import type { TemplateCaption } from '../../functions/contracts/template.ts';
import { createCanvas, drawPicture } from '../../functions/kernel/drawing/canvas.ts';
import { parseColour } from '../../functions/kernel/drawing/colour.ts';
import type { Size } from '../../functions/kernel/drawing/crop.ts';
import type { PlacedPicture } from '../../functions/kernel/drawing/paint-text.ts';
import { upperCase } from '../../functions/kernel/drawing/upper-case.ts';
import { drawText } from '../../functions/kernel/sharp/draw-text.ts';
import { stackFor, type StudioFont } from './studio-fonts.ts';

/** Sizes of captions are meant for a canvas this wide. */
const canvasWidth = 1000;
/** In ems. Capitals alone can stand closer. */
const lineHeight = { capitals: 1.12, mixed: 1.2 } as const;

/** `text` in a template's caption box, on a picture of `size`. Throws PermanentError('text-does-not-fit'). */
export async function drawCaption(
  caption: TemplateCaption,
  text: string,
  size: Size,
  font: StudioFont,
): Promise<PlacedPicture | undefined> {
  const scale = size.width / canvasWidth;
  const words = caption.upperCase ? upperCase(text) : text;
  const box = {
    left: Math.round(caption.box.left * size.width),
    top: Math.round(caption.box.top * size.height),
    width: Math.round(caption.box.width * size.width),
    height: Math.round(caption.box.height * size.height),
  };
  const placed = await drawText(
    {
      ...caption,
      box,
      minSize: caption.minSize * scale,
      maxSize: caption.maxSize * scale,
      lineHeight: caption.upperCase ? lineHeight.capitals : lineHeight.mixed,
      letterSpacing: 0,
      outline: caption.outline && {
        width: caption.outline.width * scale,
        colour: caption.outline.colour,
      },
    },
    words,
    await stackFor(font, words),
  );
  return placed === undefined || caption.rotate === 0
    ? placed
    : await turned(placed, caption.rotate, {
        x: box.left + box.width / 2,
        y: box.top + box.height / 2,
      });
}

/** A picture turned around a point, clockwise. */
async function turned(
  { picture, left, top }: PlacedPicture,
  degrees: number,
  { x, y }: { readonly x: number; readonly y: number },
): Promise<PlacedPicture> {
  // The engine turns around the middle: give the picture the point as its middle.
  const reachX = Math.ceil(Math.max(x - left, left + picture.width - x));
  const reachY = Math.ceil(Math.max(y - top, top + picture.height - y));
  const canvas = createCanvas(2 * reachX, 2 * reachY, parseColour('#00000000'));
  drawPicture(canvas, picture, { left: Math.round(left - x + reachX), top: Math.round(top - y + reachY) });
  const { data, info } = await sharp(canvas.data, { raw: { ...sizeOf(canvas), channels: 4 } })
    .rotate(degrees, { background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    picture: { data, ...sizeOf(info), channels: 4 },
    left: Math.round(x - info.width / 2),
    top: Math.round(y - info.height / 2),
  };
}

const sizeOf = ({ width, height }: Size): Size => ({ width, height });
