import sharp from 'sharp';
import { createCanvas, drawPicture, type Picture } from '../../kernel/drawing/canvas.ts';
import { parseColour } from '../../kernel/drawing/colour.ts';
import type { Mask } from '../../kernel/drawing/outline.ts';
import { type PlacedPicture, paintText } from '../../kernel/drawing/paint-text.ts';
import { type FontStack, shapeText } from '../../kernel/sharp/shape-text.ts';
import { roundedBox } from '../domain/painting/rounded-box.ts';
import {
  type CaptionSetting,
  type InkedText,
  type SetCaption,
  setCaption,
} from '../domain/painting/set-caption.ts';
import type { PlannedCaption } from '../domain/plan.ts';
import { rotatePlaced } from './sharp-rotate.ts';

/** A font that captions are set in. */
export interface CaptionFont extends CaptionSetting {
  readonly stack: FontStack;
}

const clear = { red: 0, green: 0, blue: 0, alpha: 0 };
/** Of a blur by `blur` as CSS counts it. */
const sigmaPerBlur = 0.5;

/**
 * Draws a caption with all that belongs to it, as it is when it is all there; undefined when nothing of it is seen. It stays in its box (but for its shadow
 * and rotation). Throws PermanentError('text-does-not-fit').
 */
export async function drawCaption(
  caption: PlannedCaption,
  font: CaptionFont,
): Promise<PlacedPicture | undefined> {
  const set = await setCaption(caption, font, async (design, text) => {
    const shaped = await shapeText(design, text, font.stack);
    return shaped && { ...shaped, inkHeight: shaped.shape.height };
  });
  if (set === undefined) {
    return undefined;
  }
  const { shaped, outline, down } = set;
  const text = paintText(
    shaped.shape,
    { left: shaped.left, top: shaped.top + down },
    {
      colour: parseColour(caption.colour),
      outline: outline && { width: outline.width, colour: parseColour(outline.colour) },
    },
  );
  if (text === undefined) {
    return undefined;
  }
  const layers = [
    set.background && backgroundPicture(set.background),
    caption.shadow && (await shadowOf(text, caption.shadow)),
    text,
  ].filter((layer) => layer !== undefined);
  const { box } = caption;
  return await rotatePlaced(merge(layers), caption.rotate, {
    x: box.left + box.width / 2,
    y: box.top + box.height / 2,
  });
}

function backgroundPicture({
  left,
  top,
  width,
  height,
  colour,
  radius,
}: NonNullable<SetCaption<InkedText>['background']>): PlacedPicture {
  const picture = createCanvas(width, height, { ...parseColour(colour), alpha: 0 });
  const { data } = roundedBox(width, height, radius);
  const { alpha } = parseColour(colour);
  for (let pixel = 0; pixel < data.length; pixel += 1) {
    picture.data[pixel * 4 + 3] = Math.round(((data[pixel] ?? 0) * alpha) / 255);
  }
  return { picture, left, top };
}

async function shadowOf(
  { picture, left, top }: PlacedPicture,
  { x, y, blur, colour }: NonNullable<PlannedCaption['shadow']>,
): Promise<PlacedPicture> {
  const sigma = blur * sigmaPerBlur;
  const margin = Math.ceil(sigma * 3);
  const mask = await blurMask(alphaOf(picture, margin), sigma);
  const { red, green, blue, alpha } = parseColour(colour);
  const shadow = createCanvas(mask.width, mask.height, { red, green, blue, alpha: 0 });
  for (let pixel = 0; pixel < mask.data.length; pixel += 1) {
    shadow.data[pixel * 4 + 3] = Math.round(((mask.data[pixel] ?? 0) * alpha) / 255);
  }
  return { picture: shadow, left: Math.round(left + x) - margin, top: Math.round(top + y) - margin };
}

/** How much of each pixel is covered, with empty pixels around. */
function alphaOf({ data: from, width, height }: Picture, margin: number): Mask {
  const [wide, high] = [width + 2 * margin, height + 2 * margin];
  const data = new Uint8Array(wide * high);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      data[(y + margin) * wide + x + margin] = from[(y * width + x) * 4 + 3] ?? 0;
    }
  }
  return { data, width: wide, height: high };
}

async function blurMask(mask: Mask, sigma: number): Promise<Mask> {
  // Less than this is no blur to the engine, nor to the eye.
  if (sigma < 0.3) {
    return mask;
  }
  const { data: from, width, height } = mask;
  const data = await sharp(from, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .blur(sigma)
    .raw()
    .toBuffer();
  return { data, width, height };
}

/** One picture of several, which lie over each other in this order. */
function merge(layers: readonly PlacedPicture[]): PlacedPicture {
  const [only] = layers;
  if (only !== undefined && layers.length === 1) {
    return only;
  }
  const left = Math.min(...layers.map((layer) => layer.left));
  const top = Math.min(...layers.map((layer) => layer.top));
  const right = Math.max(...layers.map((layer) => layer.left + layer.picture.width));
  const bottom = Math.max(...layers.map((layer) => layer.top + layer.picture.height));
  const picture = createCanvas(right - left, bottom - top, clear);
  for (const layer of layers) {
    drawPicture(picture, layer.picture, { left: layer.left - left, top: layer.top - top });
  }
  return { picture, left, top };
}
