import sharp from 'sharp';
import { createCanvas, drawPicture, type Picture } from '../../kernel/drawing/canvas.ts';
import { withoutNeedlessAlpha } from '../../kernel/drawing/channels.ts';
import type { Colour } from '../../kernel/drawing/colour.ts';
import type { PlacedPicture } from '../../kernel/drawing/paint-text.ts';
import type { PixelSize } from '../domain/plan.ts';

const nothing: Colour = { red: 0, green: 0, blue: 0, alpha: 0 };

/**
 * The picture turned clockwise about its middle, in the middle of a canvas of `size` of the background's colour. Edges are smooth. Three channels when
 * neither the picture nor the background can be seen through.
 */
export async function rotatePicture(
  picture: Picture,
  degrees: number,
  size: PixelSize,
  background: Colour,
): Promise<Picture> {
  const isOpaque = picture.channels === 3 && background.alpha === 255;
  const turned = await turn(picture, degrees, isOpaque ? background : nothing);
  if (turned.width === size.width && turned.height === size.height && (isOpaque || background.alpha === 0)) {
    return turned;
  }
  const canvas = createCanvas(size.width, size.height, background);
  drawPicture(canvas, turned, {
    left: Math.floor((size.width - turned.width) / 2),
    top: Math.floor((size.height - turned.height) / 2),
  });
  return canvas;
}

/** A placed picture turned clockwise about a point of the canvas, which need not be its middle. */
export async function rotatePlaced(
  placed: PlacedPicture,
  degrees: number,
  about: { readonly x: number; readonly y: number },
): Promise<PlacedPicture> {
  if (degrees % 360 === 0) {
    return placed;
  }
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const dx = placed.left + placed.picture.width / 2 - about.x;
  const dy = placed.top + placed.picture.height / 2 - about.y;
  const picture = await turn(placed.picture, degrees, nothing);
  return {
    picture: withoutNeedlessAlpha(picture),
    left: Math.round(about.x + cos * dx - sin * dy - picture.width / 2),
    top: Math.round(about.y + sin * dx + cos * dy - picture.height / 2),
  };
}

/** On a canvas that just holds it. */
async function turn(picture: Picture, degrees: number, background: Colour): Promise<Picture> {
  const { data: from, ...raw } = picture;
  const { red, green, blue, alpha } = background;
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const image = sharp(from, { raw });
  const { data, info } = await (alpha === 255 ? image : image.ensureAlpha())
    .affine(
      [
        [cos, -sin],
        [sin, cos],
      ],
      { background: { r: red, g: green, b: blue, alpha: alpha / 255 }, interpolator: 'bicubic' },
    )
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels !== 3 && channels !== 4) {
    throw new Error(`A picture was turned to ${channels} channels`);
  }
  return { data, width, height, channels };
}
