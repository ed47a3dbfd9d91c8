import sharp from 'sharp';
import { createCanvas, drawPicture, type Picture } from '../../kernel/drawing/canvas.ts';
import { parseColour } from '../../kernel/drawing/colour.ts';
import type { Box } from '../../kernel/drawing/crop.ts';
import type { Mask } from '../../kernel/drawing/outline.ts';
import { PermanentError } from '../../kernel/errors.ts';
import { type PlacedPicture, paintText } from '../../kernel/drawing/paint-text.ts';
import type { TextDesign } from '../../kernel/drawing/text-design.ts';
import { type FontStack, type ShapedText, shapeText } from '../../kernel/sharp/shape-text.ts';
import { roundedBox } from '../domain/painting/rounded-box.ts';
import type { PlannedCaption } from '../domain/plan.ts';
import { rotatePlaced } from './sharp-rotate.ts';

/** A font that captions are set in. Lengths in ems. */
export interface CaptionFont {
  readonly stack: FontStack;
  readonly lineHeight: number;
  /** How wide an outline suits it; 0 for none. */
  readonly outlineWidth: number;
}

const clear = { red: 0, green: 0, blue: 0, alpha: 0 };
const usualOutlineColour = '#000000';
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
  const padding = caption.background?.padding ?? 0;
  const inner = inset(caption.box, padding);
  const { shaped, outline } = await shape(caption, inner, font);
  if (shaped === undefined) {
    return undefined;
  }
  const text = paintText(shaped.shape, shaped, {
    colour: parseColour(caption.colour),
    outline: outline && { width: outline.width, colour: parseColour(outline.colour) },
  });
  if (text === undefined) {
    return undefined;
  }
  const layers = [
    caption.background && backgroundOf(caption, caption.background, shaped, inner, outline?.width ?? 0),
    caption.shadow && (await shadowOf(text, caption.shadow)),
    text,
  ].filter((layer) => layer !== undefined);
  const { box } = caption;
  return await rotatePlaced(merge(layers), caption.rotate, {
    x: box.left + box.width / 2,
    y: box.top + box.height / 2,
  });
}

interface Outline {
  readonly width: number;
  readonly colour: string;
}

/**
 * The outline that suits a font grows with the letters. Room is left for that of the largest letters that one line could have: fitting twice, to see how large they
 * become, would take twice the time for a few pixels. Only a text that does not fit so is fitted with room for the least.
 */
async function shape(
  caption: PlannedCaption,
  box: Box,
  font: CaptionFont,
): Promise<{ shaped: ShapedText | undefined; outline: Outline | undefined }> {
  const design: TextDesign = {
    box,
    minSize: Math.min(caption.minSize, caption.maxSize ?? Infinity),
    maxSize: Math.max(caption.maxSize ?? box.height, caption.minSize),
    maxLines: caption.maxLines,
    lineHeight: font.lineHeight,
    letterSpacing: 0,
    align: caption.align,
    verticalAlign: caption.verticalAlign,
    colour: caption.colour,
  };
  if (caption.outline !== undefined) {
    const outline = caption.outline.width > 0 ? caption.outline : undefined;
    return { shaped: await shapeInside({ ...design, outline }, caption.text, font), outline };
  }
  const { outlineWidth, lineHeight } = font;
  if (outlineWidth === 0) {
    return { shaped: await shapeInside(design, caption.text, font), outline: undefined };
  }
  const withRoomFor = (size: number): Promise<ShapedText | undefined> =>
    shapeInside(
      { ...design, outline: { width: size * outlineWidth, colour: usualOutlineColour } },
      caption.text,
      font,
    );
  const largest = Math.min(design.maxSize, box.height / (lineHeight + 2 * outlineWidth));
  let shaped: ShapedText | undefined;
  try {
    shaped = await withRoomFor(largest);
  } catch (error) {
    if (!(error instanceof PermanentError) || largest <= design.minSize) {
      throw error;
    }
    shaped = await withRoomFor(design.minSize);
  }
  return { shaped, outline: shaped && { width: shaped.size * outlineWidth, colour: usualOutlineColour } };
}

/**
 * Lines stand still whatever is written on them; accents and descenders may reach over the box. Where they do, the text is made smaller until they could be in it,
 * if it may be, and moved until they are.
 */
async function shapeInside(
  design: TextDesign,
  text: string,
  { stack }: CaptionFont,
): Promise<ShapedText | undefined> {
  const { box } = design;
  const outline = design.outline?.width ?? 0;
  let shaped = await shapeText(design, text, stack);
  const inkHeight = (shaped?.shape.height ?? 0) + 2 * outline;
  if (shaped !== undefined && inkHeight > box.height) {
    const maxSize = Math.max(design.minSize, (shaped.size * box.height) / inkHeight);
    shaped = await shapeText({ ...design, maxSize }, text, stack);
  }
  if (shaped === undefined) {
    return undefined;
  }
  const above = box.top - (shaped.top - outline);
  const below = shaped.top + shaped.shape.height + outline - (box.top + box.height);
  const down = above > 0 ? above : below > 0 ? Math.max(-below, above) : 0;
  return { ...shaped, top: shaped.top + Math.ceil(down) };
}

/** Behind the lines, as wide as the widest of them and its outline. */
function backgroundOf(
  { align, verticalAlign }: PlannedCaption,
  { colour, padding, radius }: NonNullable<PlannedCaption['background']>,
  { lines, pitch, advances }: ShapedText,
  box: Box,
  outline: number,
): PlacedPicture {
  const width = Math.round(Math.max(...advances) + 2 * (outline + padding));
  const height = Math.round(lines.length * pitch + 2 * (outline + padding));
  const across = { left: 0, centre: 0.5, right: 1 }[align];
  const down = { top: 0, middle: 0.5, bottom: 1 }[verticalAlign];
  const picture = createCanvas(width, height, { ...parseColour(colour), alpha: 0 });
  const { data } = roundedBox(width, height, radius);
  const { alpha } = parseColour(colour);
  for (let pixel = 0; pixel < data.length; pixel += 1) {
    picture.data[pixel * 4 + 3] = Math.round(((data[pixel] ?? 0) * alpha) / 255);
  }
  return {
    picture,
    left: Math.round(box.left - padding + across * (box.width + 2 * padding - width)),
    top: Math.round(box.top - padding + down * (box.height + 2 * padding - height)),
  };
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

function inset({ left, top, width, height }: Box, by: number): Box {
  const [x, y] = [Math.min(by, (width - 1) / 2), Math.min(by, (height - 1) / 2)];
  return { left: left + x, top: top + y, width: width - 2 * x, height: height - 2 * y };
}
